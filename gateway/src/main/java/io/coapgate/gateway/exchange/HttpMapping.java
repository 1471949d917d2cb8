package io.coapgate.gateway.exchange;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From HTTP to CoAP: status codes (RFC 8075 §7, RFC 7252 §10.2), content-formats, and how long an answer stays fresh. */
final class HttpMapping {
    private static final int MAX_FRESHNESS_DIGITS = 9;
    private static final Pattern MAX_AGE =
            Pattern.compile("(?:^|[, ])max-age=(\\d{1," + MAX_FRESHNESS_DIGITS + "})\\b");
    private static final Pattern UNCACHEABLE = Pattern.compile("(?:^|[, ])no-(?:store|cache)\\b");
    private static final byte[] NOTHING = {};

    private HttpMapping() {}

    static HttpMethod httpMethod(CoapMethod method) {
        return switch (method) {
            case GET -> HttpMethod.GET;
            case POST -> HttpMethod.POST;
            case PUT -> HttpMethod.PUT;
            case DELETE -> HttpMethod.DELETE;
        };
    }

    /** @param upstream no redirect */
    static DeviceResponse response(DeviceRequest request, UpstreamResponse upstream) {
        CoapCode code = code(request.method(), upstream.status());
        byte[] payload = code == CoapCode.VALID ? NOTHING : upstream.body();
        OptionalInt format = payload.length == 0 ? OptionalInt.empty() : contentFormat(upstream);
        if (code == CoapCode.CONTENT && request.accept().isPresent() && !format.equals(request.accept())) {
            return Refusals.response(Refusal.ACCEPT_UNSUPPORTED);
        }
        DeviceResponse response = DeviceResponse.of(code, format, payload);
        return freshness(code, upstream).map(response::withMaxAge).orElse(response);
    }

    static boolean isRedirect(int status) {
        return status >= 300 && status < 400 && status != 304;
    }

    static CoapCode code(CoapMethod method, int status) {
        return switch (status) {
            case 201 -> CoapCode.CREATED;
            case 304 -> CoapCode.VALID;
            case 400 -> CoapCode.BAD_REQUEST;
            case 401, 403, 407 -> CoapCode.FORBIDDEN; // 4.01 would ask the device for a token that it has
            case 404, 410 -> CoapCode.NOT_FOUND;
            case 405 -> CoapCode.METHOD_NOT_ALLOWED;
            case 406 -> CoapCode.NOT_ACCEPTABLE;
            case 409 -> CoapCode.CONFLICT;
            case 412 -> CoapCode.PRECONDITION_FAILED;
            case 413 -> CoapCode.REQUEST_ENTITY_TOO_LARGE;
            case 415 -> CoapCode.UNSUPPORTED_CONTENT_FORMAT;
            case 422 -> CoapCode.UNPROCESSABLE_ENTITY;
            case 429 -> CoapCode.TOO_MANY_REQUESTS;
            case 501 -> CoapCode.NOT_IMPLEMENTED;
            case 502 -> CoapCode.BAD_GATEWAY;
            case 503 -> CoapCode.SERVICE_UNAVAILABLE;
            case 504 -> CoapCode.GATEWAY_TIMEOUT;
            default -> codeOfClass(method, status);
        };
    }

    private static CoapCode codeOfClass(CoapMethod method, int status) {
        return switch (status / 100) {
            case 2 -> success(method);
            case 4 -> CoapCode.BAD_REQUEST;
            default -> CoapCode.INTERNAL_SERVER_ERROR;
        };
    }

    private static CoapCode success(CoapMethod method) {
        return switch (method) {
            case GET -> CoapCode.CONTENT;
            case POST, PUT -> CoapCode.CHANGED;
            case DELETE -> CoapCode.DELETED;
        };
    }

    private static OptionalInt contentFormat(UpstreamResponse upstream) {
        return upstream.header("content-type").map(ContentFormat::ofMediaType).orElseGet(OptionalInt::empty);
    }

    /** Without Max-Age a CoAP client may keep an answer for 60 s (RFC 7252 §5.10.5); HTTP services expect no such thing. */
    private static Optional<Duration> freshness(CoapCode code, UpstreamResponse upstream) {
        return switch (code) {
            case CONTENT, VALID ->
                Optional.of(maxAge(upstream.header("cache-control").orElse("")));
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                upstream.header("retry-after")
                        .filter(value -> value.matches("\\d{1," + MAX_FRESHNESS_DIGITS + "}"))
                        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
            default -> Optional.empty();
        };
    }

    private static Duration maxAge(String cacheControl) {
        if (cacheControl.isEmpty() || UNCACHEABLE.matcher(cacheControl).find()) {
            return Duration.ZERO;
        }
        Matcher maxAge = MAX_AGE.matcher(cacheControl);
        return maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : Duration.ZERO;
    }
}
