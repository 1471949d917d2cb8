package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When an upstream that fails is left alone altogether. Failures are requests that found no connection, lost it, got no
 * answer in time, or were answered 502, 503 or 504; a request that failed and then succeeded on another target is none.
 *
 * @param enabled false: never
 * @param failurePercent opens it, out of the last {@code window} requests, 1 to 100
 * @param minimum requests before the percentage means anything, not more than the window
 * @param openFor how long it stays open, then probes go through
 * @param probes requests that decide whether it closes or opens again
 */
public record BreakerSettings(
        boolean enabled, int failurePercent, int window, int minimum, Duration openFor, int probes) {
    /** Half of the last 100, of at least 20; open for 10 s, then 5 probes. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(true, 50, 100, 20, Duration.ofSeconds(10), 5);

    /** Never opens. */
    static final BreakerSettings NONE = new BreakerSettings(false, 50, 100, 20, Duration.ofSeconds(10), 5);

    public BreakerSettings {
        requireNonNull(openFor, "openFor");
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("a percentage is 1 to 100");
        }
        if (minimum < 1 || minimum > window || probes < 1 || openFor.toMillis() < 1) {
            throw new IllegalArgumentException("a breaker needs a minimum within its window, probes, and a time");
        }
    }
}
