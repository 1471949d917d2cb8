package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Which authorization server is asked about opaque tokens, and how often.
 *
 * @param issuer its name; an answer that names another is refused
 * @param access to its introspection endpoint
 * @param bounds of asking and remembering
 */
public record IntrospectionSettings(String issuer, IntrospectionAccess access, Bounds bounds) {
    public IntrospectionSettings {
        requireNonNull(issuer, "issuer");
        requireNonNull(access, "access");
        requireNonNull(bounds, "bounds");
    }

    /**
     * How much is asked and remembered.
     *
     * @param timeout from a request to its whole answer
     * @param recheck a token that a session holds is asked about again after this time
     * @param maxStale a token about which nothing could be learned for so long ends
     * @param negativeFor how long an answer "not active" is remembered
     * @param maxTokens active ones that are remembered; one more is not taken
     * @param maxConcurrent requests at once; four times as many may wait
     */
    public record Bounds(
            Duration timeout,
            Duration recheck,
            Duration maxStale,
            Duration negativeFor,
            int maxTokens,
            int maxConcurrent) {
        public Bounds {
            if (timeout.toMillis() < 1 || recheck.toSeconds() < 1 || negativeFor.isNegative()) {
                throw new IllegalArgumentException("an authorization server is not asked all the time");
            }
            if (maxStale.compareTo(recheck) < 0 || maxTokens < 1 || maxConcurrent < 1) {
                throw new IllegalArgumentException("recheck <= maxStale, and one token and request at least");
            }
        }
    }
}
