package io.coapgate.simulator.load;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a run takes from outside.
 *
 * @param random for schedules
 * @param interruptions what is done to it, at their times
 * @param gatewayCpu processor time that the gateway has used; empty if that is not known
 */
public record Surroundings(
        Clock clock,
        RandomGenerator random,
        List<Interruption> interruptions,
        Supplier<Optional<Duration>> gatewayCpu) {
    public Surroundings {
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");
        requireNonNull(gatewayCpu, "gatewayCpu");
        interruptions = List.copyOf(interruptions);
    }

    /** Nothing is done to the run, and nothing known of the gateway. */
    public static Surroundings quiet(Clock clock, RandomGenerator random) {
        return new Surroundings(clock, random, List.of(), Optional::empty);
    }
}
