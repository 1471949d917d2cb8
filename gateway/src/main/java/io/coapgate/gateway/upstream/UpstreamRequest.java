package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    private static final Set<String> ASK_FOR_CHANGE = Set.of("if-none-match", "if-modified-since");

    public UpstreamRequest {
        requireNonNull(method, "method");
        requireNonNull(token, "token");
        requireNonNull(body, "body");
        requireNonNull(responseTimeout, "responseTimeout");
        headers = List.copyOf(headers);
        if (!isOriginForm(target)) {
            throw new IllegalArgumentException("not an origin-form request target");
        }
    }

    private static boolean isOriginForm(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return target.startsWith("/");
    }

    /** The same request with another token. */
    public UpstreamRequest withToken(BearerToken other) {
        return new UpstreamRequest(method, target, headers, other, body, responseTimeout);
    }

    /** The same request with this condition, which takes the place of any other that asks for a change. */
    public UpstreamRequest withCondition(Header condition) {
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> ASK_FOR_CHANGE.contains(header.name()));
        others.add(condition);
        return new UpstreamRequest(method, target, others, token, body, responseTimeout);
    }

    /** Without body and token, which are nobody's business. */
    @Override
    public String toString() {
        return "UpstreamRequest[" + method + " " + target + "]";
    }
}
