package io.coapgate.gateway.exchange;

import static java.util.stream.Collectors.joining;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.payload.HttpPayload;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.payload.RegisteredFormat;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * From CoAP to HTTP: the request as an upstream sees it, RFC 7252 §10.1. Every header is composed here from what the gateway
 * knows; a device chooses the body, among registered media types, and conditions. Thread-safe.
 */
final class RequestMapping {
    private static final Header VIA = new Header("via", "CoAP/1 coapgate");
    private static final String ANY = "*";

    private static final byte[] NOTHING = {};

    private final EntityTags entityTags;

    RequestMapping(EntityTags entityTags) {
        this.entityTags = entityTags;
    }

    /** Why this request can't be sent as HTTP on this route, if so. */
    Optional<DeviceResponse> refusal(DeviceRequest request, Route route) {
        if (request.payload().length > route.maxBodyBytes()) {
            DeviceResponse tooLarge = Refusals.response(Refusal.BODY_TOO_LARGE);
            return Optional.of(tooLarge.withOptions(tooLarge.options().withSize1(route.maxBodyBytes())));
        }
        boolean untyped = request.method() == CoapMethod.FETCH
                && request.payload().length > 0
                && request.contentFormat().isEmpty(); // RFC 8132 §2.1: what is asked is in the payload
        if (untyped) {
            return Optional.of(Refusals.response(Refusal.CONTENT_FORMAT_UNSUPPORTED));
        }
        return isUnmatchable(request.preconditions())
                ? Optional.of(Refusals.response(Refusal.ENTITY_TAG_UNKNOWN))
                : Optional.empty();
    }

    /** An entity-tag that no upstream has given, or that is forgotten, is the current one of nothing. */
    private boolean isUnmatchable(Preconditions conditions) {
        return !conditions.ifMatch().isEmpty()
                && !conditions.ifExists()
                && conditions.ifMatch().stream()
                        .allMatch(tag -> entityTags.toHttp(tag).isEmpty());
    }

    /**
     * The request but for its JWT.
     *
     * @throws PayloadException if the payload, or what the device accepts, has no counterpart
     */
    Function<BearerToken, UpstreamRequest> request(DeviceRequest request, RequestTarget target, Route route)
            throws PayloadException {
        return request(request, target, route, List.of());
    }

    /** The same for one range of what the target holds. */
    Function<BearerToken, UpstreamRequest> range(DeviceRequest request, RequestTarget target, Route route, Range range)
            throws PayloadException {
        List<Header> more = new ArrayList<>(2);
        more.add(new Header("range", range.toString()));
        range.ifRange().ifPresent(same -> more.add(new Header("if-range", same)));
        return request(request, target, route, more);
    }

    /**
     * A request for a stream of events, but for its JWT.
     *
     * @param target origin-form of RFC 9112 §3.2.1
     * @param lastEventId where to go on
     */
    Function<BearerToken, UpstreamRequest> events(
            DeviceRequest request, String target, Route route, Optional<String> lastEventId) {
        List<Header> headers = new ArrayList<>(6);
        headers.add(new Header("accept", "text/event-stream"));
        headers.add(new Header("cache-control", "no-store"));
        lastEventId.ifPresent(id -> headers.add(new Header("last-event-id", id)));
        addOwn(request, headers);
        return token -> new UpstreamRequest(HttpMethod.GET, target, headers, token, NOTHING, route.responseTimeout());
    }

    private Function<BearerToken, UpstreamRequest> request(
            DeviceRequest request, RequestTarget target, Route route, List<Header> more) throws PayloadException {
        HttpMethod method = method(request.method(), route);
        List<Header> headers = new ArrayList<>(8);
        byte[] body = addPayload(request, route.translation().payload(), headers);
        addConditions(request.preconditions(), method, headers);
        addOwn(request, headers);
        headers.addAll(more);
        return token -> new UpstreamRequest(method, target.encoded(), headers, token, body, route.responseTimeout());
    }

    private static byte[] addPayload(DeviceRequest request, PayloadMapping payload, List<Header> headers)
            throws PayloadException {
        payload.toHttpAccept(request.accept()).ifPresent(format -> {
            headers.add(new Header("accept", format.mediaType()));
            if (format.isEncoded()) {
                headers.add(new Header("accept-encoding", format.contentCoding()));
            }
        });
        if (request.payload().length == 0) {
            return request.payload();
        }
        HttpPayload body = payload.toHttp(request.contentFormat(), request.payload());
        headers.add(new Header("content-type", body.contentType()));
        if (!body.contentCoding().equals(RegisteredFormat.IDENTITY)) {
            headers.add(new Header("content-encoding", body.contentCoding()));
        }
        return body.body();
    }

    /** The representation of which the device wants this block, if it says so and it is known: strong, as HTTP has it. */
    Optional<String> entityTagOf(DeviceRequest request, Block block) {
        List<EntityTag> tags = request.preconditions().etags();
        return block.number() == 0 || tags.size() != 1
                ? Optional.empty()
                : entityTags.toHttp(tags.get(0)).filter(tag -> tag.startsWith("\""));
    }

    private static HttpMethod method(CoapMethod method, Route route) {
        return switch (method) {
            case GET -> HttpMethod.GET;
            case POST -> HttpMethod.POST;
            case PUT -> HttpMethod.PUT;
            case DELETE -> HttpMethod.DELETE;
            case FETCH -> route.translation().fetchAs();
            case PATCH, IPATCH -> HttpMethod.PATCH;
        };
    }

    /** What the gateway says of itself and of the device. */
    private static void addOwn(DeviceRequest request, List<Header> headers) {
        headers.add(new Header("forwarded", "for=\"" + address(request.peer()) + "\";proto=coaps")); // RFC 7239 §4
        headers.add(VIA);
        String id = request.id().toString();
        headers.add(new Header("traceparent", "00-" + id + "-" + request.id().spanId() + "-01"));
        if (!request.method().isSafe()) {
            headers.add(new Header("idempotency-key", "\"" + id + "\""));
        }
    }

    /** ETag asks for a cheaper answer, and only reads have one; on other methods HTTP's header would forbid the change. */
    private void addConditions(Preconditions conditions, HttpMethod method, List<Header> headers) {
        if (conditions.ifExists()) {
            headers.add(new Header("if-match", ANY));
        } else if (!conditions.ifMatch().isEmpty()) {
            headers.add(new Header("if-match", list(conditions.ifMatch())));
        }
        if (conditions.ifNoneMatch()) {
            headers.add(new Header("if-none-match", ANY));
        } else if (method.isSafe() && !conditions.etags().isEmpty()) {
            String known = list(conditions.etags());
            if (!known.isEmpty()) {
                headers.add(new Header("if-none-match", known));
            }
        }
    }

    private String list(List<EntityTag> tags) {
        return tags.stream().flatMap(tag -> entityTags.toHttp(tag).stream()).collect(joining(", "));
    }

    /** The node of RFC 7239 §6; an IPv6 address stands in brackets, without a zone. */
    private static String address(InetSocketAddress peer) {
        String host = peer.getAddress() == null ? "unknown" : peer.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        String bare = zone < 0 ? host : host.substring(0, zone);
        return (bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":" + peer.getPort();
    }
}
