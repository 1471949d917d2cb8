package io.coapgate.gateway.keys;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A key that the gateway made, and its life so far.
 *
 * @param longestToken the longest life of the tokens that it has made, or may have
 */
public record KeptKey(KeyMaterial material, KeyTimes times, Duration longestToken) {
    /** How much longer a retired key stays: clocks differ, and another gateway may have used it some seconds more. */
    public static final Duration MARGIN = Duration.ofMinutes(5);

    public KeptKey {
        requireNonNull(material, "material");
        requireNonNull(times, "times");
        if (longestToken.isNegative()) {
            throw new IllegalArgumentException("no token lives for less than no time");
        }
    }

    public String id() {
        return material.id();
    }

    public KeyState state() {
        return times.state();
    }

    /** When the last of a retired key's tokens is over, and the key with it. */
    public Instant publishedUntil() {
        return times.since().plus(longestToken).plus(MARGIN);
    }

    KeptKey with(KeyTimes changed) {
        return new KeptKey(material, changed, longestToken);
    }

    KeptKey makingTokensOf(Duration lifetime) {
        return longestToken.compareTo(lifetime) >= 0 ? this : new KeptKey(material, times, lifetime);
    }
}
