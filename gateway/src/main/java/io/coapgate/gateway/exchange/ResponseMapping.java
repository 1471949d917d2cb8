package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** From HTTP to CoAP: an upstream's response as the device sees it, RFC 7252 §10.1. Thread-safe. */
final class ResponseMapping {
    private static final byte[] NOTHING = {};
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final EntityTags entityTags;
    private final Freshness freshness;

    ResponseMapping(EntityTags entityTags, Freshness freshness) {
        this.entityTags = entityTags;
        this.freshness = freshness;
    }

    /** @return completed exceptionally with {@link UpstreamException} if nothing can be made of this response */
    CompletionStage<DeviceResponse> answer(
            DeviceRequest request, RequestTarget target, Upstream upstream, UpstreamResponse response) {
        return unusable(request, response)
                .<CompletionStage<DeviceResponse>>map(
                        cause -> failedFuture(new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, cause)))
                .orElseGet(() -> completedFuture(response(request, target, upstream, response)));
    }

    /** Why nothing can be made of this response, in words for the operator; empty if something can. */
    Optional<String> unusable(DeviceRequest request, UpstreamResponse response) {
        int status = response.status();
        if (status >= 300 && status < 400 && status != NOT_MODIFIED) { // it could lead a token to a stranger
            return Optional.of("a redirect, status " + status);
        }
        if (status == PARTIAL_CONTENT) {
            return Optional.of("a part, status 206, of what was asked for as a whole");
        }
        if (status == NOT_MODIFIED && request.preconditions().equals(Preconditions.NONE)) {
            return Optional.of("status 304 without a condition");
        }
        return isEncoded(response) ? Optional.of("a content coding that was not asked for") : Optional.empty();
    }

    static boolean isEncoded(UpstreamResponse response) {
        return response.header("content-encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .isPresent();
    }

    /** @param response one that is not {@link #unusable} */
    DeviceResponse response(DeviceRequest request, RequestTarget target, Upstream upstream, UpstreamResponse response) {
        Optional<EntityTag> etag = response.header("etag").flatMap(entityTags::toDevice);
        CoapCode code = code(request, response, etag);
        byte[] payload = code == CoapCode.VALID ? NOTHING : response.body();
        OptionalInt format = payload.length == 0 ? OptionalInt.empty() : contentFormat(response);
        if (code == CoapCode.CONTENT && request.accept().isPresent() && !format.equals(request.accept())) {
            return Refusals.response(Refusal.ACCEPT_UNSUPPORTED);
        }
        boolean isErrorPage = response.status() >= 400 && (format.isEmpty() || code.isSuccess());
        if (isErrorPage) {
            payload = NOTHING; // without a content-format a device would take it for a text, RFC 7252 §5.5.2
        }
        ResponseOptions options = new ResponseOptions(
                payload.length == 0 ? OptionalInt.empty() : format,
                maxAge(request, code, response),
                code.isSuccess() ? etag(request, code, etag) : Optional.empty(),
                code == CoapCode.CREATED ? location(response, target, upstream) : Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty());
        return DeviceResponse.of(code, options, payload);
    }

    /**
     * The same for a part of a representation, or one that could have come in parts. If the service gives it no ETag, one is
     * made of its date, for a device must be able to tell versions apart.
     */
    DeviceResponse part(DeviceRequest request, RequestTarget target, Upstream upstream, UpstreamResponse response) {
        DeviceResponse answer = response(request, target, upstream, response);
        if (answer.options().etag().isPresent()) {
            return answer;
        }
        Optional<EntityTag> dated = response.header("last-modified")
                .flatMap(date -> entityTags.toDevice("W/\"" + date.replace(' ', '_') + '"'));
        return answer.withOptions(answer.options().withEtag(dated));
    }

    /** A device that has this representation gets no second copy, even where the upstream could not know. */
    private static CoapCode code(DeviceRequest request, UpstreamResponse response, Optional<EntityTag> etag) {
        if (response.status() == NOT_MODIFIED && request.preconditions().ifNoneMatch()) {
            return CoapCode.PRECONDITION_FAILED; // it exists: so HTTP says it to GET, RFC 9110 §13.1.2
        }
        boolean gone = response.status() == NOT_FOUND || response.status() == GONE;
        if (gone && request.method() == CoapMethod.DELETE) {
            return CoapCode.DELETED; // RFC 7252 §10.1.3: what is not there is deleted
        }
        CoapCode code = StatusMapping.code(request.method(), response.status());
        boolean held = code == CoapCode.CONTENT
                && etag.isPresent()
                && request.preconditions().etags().contains(etag.get());
        return held ? CoapCode.VALID : code;
    }

    /** 2.03 says which of the device's representations is good (RFC 7252 §5.9.1.3), even if the upstream left that open. */
    private static Optional<EntityTag> etag(DeviceRequest request, CoapCode code, Optional<EntityTag> etag) {
        boolean obvious = code == CoapCode.VALID
                && etag.isEmpty()
                && request.preconditions().etags().size() == 1;
        return obvious ? Optional.of(request.preconditions().etags().get(0)) : etag;
    }

    private static OptionalInt contentFormat(UpstreamResponse response) {
        return response.header("content-type").map(ContentFormat::ofMediaType).orElseGet(OptionalInt::empty);
    }

    /** Without Max-Age a CoAP client may keep an answer for 60 s (RFC 7252 §5.10.5); HTTP services expect no such thing. */
    private Optional<Duration> maxAge(DeviceRequest request, CoapCode code, UpstreamResponse response) {
        if (code == CoapCode.TOO_MANY_REQUESTS || code == CoapCode.SERVICE_UNAVAILABLE) {
            return freshness.retryAfter(response);
        }
        return request.method().isSafe() ? Optional.of(freshness.of(response)) : Optional.empty();
    }

    private static Optional<Location> location(UpstreamResponse response, RequestTarget target, Upstream upstream) {
        return response.header("location").flatMap(field -> Locations.of(field, target, upstream));
    }
}
