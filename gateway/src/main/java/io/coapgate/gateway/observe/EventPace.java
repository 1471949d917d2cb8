package io.coapgate.gateway.observe;

import java.time.Duration;
import java.util.Optional;

/** How long to wait for the next attempt at a stream. Not thread-safe. */
final class EventPace {
    private static final Duration DEFAULT = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private final Timers timers;
    private int failures;

    EventPace(Timers timers) {
        this.timers = timers;
    }

    /** An event has come: so it works. */
    void worked() {
        failures = 0;
    }

    /**
     * Longer each time that nothing has come, and never all devices at once.
     *
     * @param asked what the stream wants
     */
    Duration next(Optional<Duration> asked) {
        Duration first = bounded(asked.orElse(DEFAULT));
        Duration doubled = bounded(first.multipliedBy(1L << failures));
        failures = Math.min(failures + 1, MAX_DOUBLINGS);
        return timers.spread(doubled, 1.0, 1.5);
    }

    /** Some time before this one ends. */
    Duration renewal(Duration lifetime) {
        return bounded(timers.spread(lifetime, 0.8, 0.9), lifetime);
    }

    private static Duration bounded(Duration time) {
        return bounded(time, LONGEST);
    }

    private static Duration bounded(Duration time, Duration longest) {
        if (time.compareTo(longest) > 0) {
            return longest;
        }
        return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }
}
