package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A stretch of a run with one shape of load. */
public record LoadPhase(String name, Duration duration, Shape shape) {
    public LoadPhase {
        requireNonNull(name, "name");
        requireNonNull(shape, "shape");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a phase takes some time");
        }
    }
}
