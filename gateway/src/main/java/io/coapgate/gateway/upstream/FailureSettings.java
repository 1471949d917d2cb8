package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What becomes of targets and of an upstream that fail.
 *
 * @param health of each target; empty: nobody asks
 * @param ejection applies to several targets; a single one is never ejected
 * @param breaker of the upstream as a whole
 */
public record FailureSettings(Optional<HealthSettings> health, EjectionSettings ejection, BreakerSettings breaker) {
    public static final FailureSettings DEFAULT =
            new FailureSettings(Optional.empty(), EjectionSettings.DEFAULT, BreakerSettings.DEFAULT);

    /** For what must always be asked when it is to be asked. */
    static final FailureSettings NONE =
            new FailureSettings(Optional.empty(), EjectionSettings.DEFAULT, BreakerSettings.NONE);

    public FailureSettings {
        requireNonNull(health, "health");
        requireNonNull(ejection, "ejection");
        requireNonNull(breaker, "breaker");
    }
}
