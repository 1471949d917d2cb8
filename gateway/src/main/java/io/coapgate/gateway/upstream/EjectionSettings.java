package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a target that fails gets no requests for a while.
 *
 * @param after failures in a row: no connection, a lost one, no answer in time, 502, 503 or 504
 * @param duration of the first ejection; each one that soon follows lasts as much longer, up to ten times as long
 */
public record EjectionSettings(int after, Duration duration) {
    /** After 5 failures in a row, for 30 s. */
    public static final EjectionSettings DEFAULT = new EjectionSettings(5, Duration.ofSeconds(30));

    public EjectionSettings {
        requireNonNull(duration, "duration");
        if (after < 1 || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("an ejection comes after one failure at least and lasts a while");
        }
    }
}
