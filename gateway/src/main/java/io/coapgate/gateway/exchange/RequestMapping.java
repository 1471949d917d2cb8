package io.coapgate.gateway.exchange;

import static java.util.stream.Collectors.joining;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From CoAP to HTTP: the request as an upstream sees it, RFC 7252 §10.1. Every header is composed here from what the gateway
 * knows; a device chooses the body, among registered media types, and conditions. Thread-safe.
 */
final class RequestMapping {
    private static final Header VIA = new Header("via", "CoAP/1 coapgate");
    private static final String OCTET_STREAM = "application/octet-stream";
    private static final String ANY = "*";

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
        if (untyped || !isKnown(request.contentFormat())) {
            return Optional.of(Refusals.response(Refusal.CONTENT_FORMAT_UNSUPPORTED));
        }
        if (!isKnown(request.accept())) {
            return Optional.of(Refusals.response(Refusal.ACCEPT_UNSUPPORTED));
        }
        return isUnmatchable(request.preconditions())
                ? Optional.of(Refusals.response(Refusal.ENTITY_TAG_UNKNOWN))
                : Optional.empty();
    }

    private static boolean isKnown(OptionalInt format) {
        return format.isEmpty() || ContentFormat.mediaType(format.getAsInt()).isPresent();
    }

    /** An entity-tag that no upstream has given, or that is forgotten, is the current one of nothing. */
    private boolean isUnmatchable(Preconditions conditions) {
        return !conditions.ifMatch().isEmpty()
                && !conditions.ifExists()
                && conditions.ifMatch().stream()
                        .allMatch(tag -> entityTags.toHttp(tag).isEmpty());
    }

    UpstreamRequest request(DeviceRequest request, RequestTarget target, Route route, BearerToken token) {
        HttpMethod method = method(request.method(), route);
        return new UpstreamRequest(
                method, target.encoded(), headers(request, method), token, request.payload(), route.responseTimeout());
    }

    /** A GET of one range. */
    UpstreamRequest range(DeviceRequest request, RequestTarget target, Route route, BearerToken token, Range range) {
        List<Header> headers = headers(request, HttpMethod.GET);
        headers.add(new Header("range", range.toString()));
        range.ifRange().ifPresent(same -> headers.add(new Header("if-range", same)));
        return new UpstreamRequest(
                HttpMethod.GET, target.encoded(), headers, token, request.payload(), route.responseTimeout());
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

    private List<Header> headers(DeviceRequest request, HttpMethod method) {
        List<Header> headers = new ArrayList<>(8);
        if (request.payload().length > 0) {
            headers.add(new Header(
                    "content-type", mediaType(request.contentFormat()).orElse(OCTET_STREAM)));
        }
        mediaType(request.accept()).ifPresent(type -> headers.add(new Header("accept", type)));
        if (request.preconditions() != Preconditions.NONE) {
            addConditions(request.preconditions(), method, headers);
        }
        headers.add(new Header("forwarded", "for=\"" + address(request.peer()) + "\";proto=coaps")); // RFC 7239 §4
        headers.add(VIA);
        headers.add(new Header(
                "traceparent", "00-" + request.id() + "-" + request.id().spanId() + "-01"));
        if (!request.method().isSafe()) {
            headers.add(new Header("idempotency-key", "\"" + request.id() + "\""));
        }
        return headers;
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
        } else if (method == HttpMethod.GET || method == HttpMethod.QUERY) {
            String known = list(conditions.etags());
            if (!known.isEmpty()) {
                headers.add(new Header("if-none-match", known));
            }
        }
    }

    private String list(List<EntityTag> tags) {
        return tags.stream().flatMap(tag -> entityTags.toHttp(tag).stream()).collect(joining(", "));
    }

    private static Optional<String> mediaType(OptionalInt format) {
        return format.isEmpty() ? Optional.empty() : ContentFormat.mediaType(format.getAsInt());
    }

    /** The node of RFC 7239 §6; an IPv6 address stands in brackets, without a zone. */
    private static String address(InetSocketAddress peer) {
        String host = peer.getAddress() == null ? "unknown" : peer.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        String bare = zone < 0 ? host : host.substring(0, zone);
        return (bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":" + peer.getPort();
    }
}
