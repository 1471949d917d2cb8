package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.payload.ContentFormats;
import io.coapgate.gateway.payload.DevicePayload;
import io.coapgate.gateway.payload.HttpPayload;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.payload.RegisteredFormat;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** From HTTP to CoAP: an upstream's response as the device sees it, RFC 7252 §10.1. Thread-safe. */
final class ResponseMapping {
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final EntityTags entityTags;
    private final Freshness freshness;
    private final Function<Route, Upstream> upstreams;

    ResponseMapping(EntityTags entityTags, Freshness freshness, Function<Route, Upstream> upstreams) {
        this.entityTags = entityTags;
        this.freshness = freshness;
        this.upstreams = upstreams;
    }

    /** @return completed exceptionally with {@link UpstreamException} if nothing can be made of this response */
    CompletionStage<DeviceResponse> answer(
            DeviceRequest request, RequestTarget target, Route route, UpstreamResponse response) {
        Optional<String> unusable = unusable(request, response);
        if (unusable.isPresent()) {
            return failedFuture(new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, unusable.get()));
        }
        try {
            return completedFuture(response(request, target, route, response));
        } catch (PayloadException e) {
            return unfit(e);
        }
    }

    /** What is not in the format that the device accepts is its affair, what can't be converted the service's. */
    static CompletionStage<DeviceResponse> unfit(PayloadException failure) {
        return failure.reason() == Refusal.ACCEPT_UNSUPPORTED
                ? completedFuture(Refusals.response(failure.reason()))
                : failedFuture(new UpstreamException(failure.reason(), failure.detail()));
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
        return isEncodedOtherwise(request, response)
                ? Optional.of("a content coding that was not asked for")
                : Optional.empty();
    }

    /** Whether the body is in a content coding, and not in one that the accepted content-format has. */
    static boolean isEncodedOtherwise(DeviceRequest request, UpstreamResponse response) {
        String coding = response.header("content-encoding").orElse(RegisteredFormat.IDENTITY);
        if (coding.equalsIgnoreCase(RegisteredFormat.IDENTITY)) {
            return false;
        }
        OptionalInt accept = request.accept();
        return accept.isEmpty()
                || ContentFormats.iana()
                        .get(accept.getAsInt())
                        .filter(format -> format.contentCoding().equalsIgnoreCase(coding))
                        .isEmpty();
    }

    /**
     * @param response one that is not {@link #unusable}
     * @throws PayloadException if the body has no counterpart, or none that the device accepts
     */
    DeviceResponse response(DeviceRequest request, RequestTarget target, Route route, UpstreamResponse response)
            throws PayloadException {
        Optional<EntityTag> etag = response.header("etag").flatMap(entityTags::toDevice);
        CoapCode code = code(request, response, etag);
        DevicePayload payload = payload(request, code, route.translation().payload(), response);
        ResponseOptions options = new ResponseOptions(
                payload.contentFormat(),
                maxAge(request, code, response),
                code.isSuccess() ? etag(request, code, etag) : Optional.empty(),
                code == CoapCode.CREATED ? location(response, target, upstreams.apply(route)) : Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
        boolean isPublic = request.method().isSafe() && Publicity.of(response); // nobody shares what a change says
        return new DeviceResponse(code, Optional.empty(), options, payload.payload(), isPublic);
    }

    /** Accept counts for what was read; a change that is done is not called unacceptable because of what it says. */
    private static DevicePayload payload(
            DeviceRequest request, CoapCode code, PayloadMapping mapping, UpstreamResponse response)
            throws PayloadException {
        boolean failed = response.status() >= 400;
        if (code == CoapCode.VALID || response.body().length == 0 || (failed && code.isSuccess())) {
            return DevicePayload.NONE;
        }
        HttpPayload body = new HttpPayload(
                response.header("content-type").orElse(""),
                response.header("content-encoding").orElse(RegisteredFormat.IDENTITY),
                response.body());
        if (failed) {
            return mapping.errorToDevice(body);
        }
        return mapping.toDevice(body, code == CoapCode.CONTENT ? request.accept() : OptionalInt.empty());
    }

    /**
     * The same for a part of a representation, or one that could have come in parts. If the service gives it no ETag, one is
     * made of its date, for a device must be able to tell versions apart.
     */
    DeviceResponse part(DeviceRequest request, RequestTarget target, Route route, UpstreamResponse response)
            throws PayloadException {
        DeviceResponse answer = response(request, target, route, response);
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
