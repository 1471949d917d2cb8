package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of targets and of an upstream that fail.
 *
 * @param ejection applies to several targets; a single one is never ejected
 * @param breaker of the upstream as a whole
 */
public record FailureSettings(EjectionSettings ejection, BreakerSettings breaker) {
    public static final FailureSettings DEFAULT =
            new FailureSettings(EjectionSettings.DEFAULT, BreakerSettings.DEFAULT);

    public FailureSettings {
        requireNonNull(ejection, "ejection");
        requireNonNull(breaker, "breaker");
    }
}
