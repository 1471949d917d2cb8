package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What a fleet is to do.
 *
 * @param phases one after the other, once all devices are connected
 * @param connectAtOnce how many devices connect side by side
 */
public record LoadPlan(List<LoadPhase> phases, RequestTemplate request, Sleep sleep, int connectAtOnce) {
    /** How many devices connect side by side unless told otherwise. */
    public static final int CONNECT_AT_ONCE = 32;

    public LoadPlan {
        requireNonNull(request, "request");
        requireNonNull(sleep, "sleep");
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a run has a phase at least");
        }
        if (connectAtOnce < 1) {
            throw new IllegalArgumentException("one device connects at a time at least");
        }
    }

    /** Devices that stay awake, in one phase. */
    public static LoadPlan of(Duration duration, Shape shape, RequestTemplate request) {
        return new LoadPlan(List.of(new LoadPhase("load", duration, shape)), request, Sleep.NEVER, CONNECT_AT_ONCE);
    }

    /** All phases together. */
    public Duration duration() {
        return phases.stream().map(LoadPhase::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
