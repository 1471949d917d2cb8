package io.coapgate.gateway.exchange;

import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.UpstreamRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From CoAP to HTTP: the request as an upstream sees it. Every header is composed here from what the gateway knows; a
 * device chooses the body, and among registered media types.
 */
final class ForwardedRequest {
    private static final Header VIA = new Header("via", "CoAP/1 coapgate");
    private static final String OCTET_STREAM = "application/octet-stream";

    private ForwardedRequest() {}

    /** Why this request can't be sent as HTTP on this route, if so. */
    static Optional<Refusal> unsupported(DeviceRequest request, Route route) {
        if (request.payload().length > route.maxBodyBytes()) {
            return Optional.of(Refusal.BODY_TOO_LARGE);
        }
        if (!isKnown(request.contentFormat())) {
            return Optional.of(Refusal.CONTENT_FORMAT_UNSUPPORTED);
        }
        return isKnown(request.accept()) ? Optional.empty() : Optional.of(Refusal.ACCEPT_UNSUPPORTED);
    }

    private static boolean isKnown(OptionalInt format) {
        return format.isEmpty() || ContentFormat.mediaType(format.getAsInt()).isPresent();
    }

    static UpstreamRequest of(DeviceRequest request, RequestTarget target, Route route, BearerToken token) {
        return new UpstreamRequest(
                HttpMapping.httpMethod(request.method()),
                target.encoded(),
                headers(request),
                token,
                request.payload(),
                route.responseTimeout());
    }

    private static List<Header> headers(DeviceRequest request) {
        List<Header> headers = new ArrayList<>(6);
        if (request.payload().length > 0) {
            headers.add(new Header(
                    "content-type", mediaType(request.contentFormat()).orElse(OCTET_STREAM)));
        }
        mediaType(request.accept()).ifPresent(type -> headers.add(new Header("accept", type)));
        headers.add(new Header("forwarded", "for=\"" + address(request.peer()) + "\";proto=coaps")); // RFC 7239 §4
        headers.add(VIA);
        headers.add(new Header(
                "traceparent", "00-" + request.id() + "-" + request.id().spanId() + "-01"));
        if (!request.method().isSafe()) {
            headers.add(new Header("idempotency-key", "\"" + request.id() + "\""));
        }
        return headers;
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
