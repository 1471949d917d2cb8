package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * One HTTP request as it will be sent.
 *
 * @param target origin-form of RFC 9112 §3.2.1: an absolute path, already percent-encoded, with an optional query
 * @param headers all but {@code Host}, {@code Authorization} and {@code Content-Length}, which the client sets
 * @param token sent as {@code Authorization}
 * @param body not copied: the caller must not change it any more
 * @param responseTimeout from now until the whole response has arrived
 */
public record UpstreamRequest(
        HttpMethod method,
        String target,
        List<Header> headers,
        BearerToken token,
        byte[] body,
        Duration responseTimeout) {
    public UpstreamRequest {
        requireNonNull(method, "method");
        requireNonNull(token, "token");
        requireNonNull(body, "body");
        requireNonNull(responseTimeout, "responseTimeout");
        headers = List.copyOf(headers);
        if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            throw new IllegalArgumentException("not an origin-form request target");
        }
    }

    /** The same request with another token. */
    public UpstreamRequest withToken(BearerToken other) {
        return new UpstreamRequest(method, target, headers, other, body, responseTimeout);
    }

    /** Without body and token, which are nobody's business. */
    @Override
    public String toString() {
        return "UpstreamRequest[" + method + " " + target + "]";
    }
}
