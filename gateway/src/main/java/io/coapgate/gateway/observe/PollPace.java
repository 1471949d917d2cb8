package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceResponse;
import java.time.Duration;

/** How long to wait for the next poll. Not thread-safe. */
final class PollPace {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private final Timers timers;
    private final Duration interval;
    private int outages;

    PollPace(Timers timers, Duration interval) {
        this.timers = timers;
        this.interval = interval;
    }

    /** Not all at once, even where devices register all at once. */
    Duration first() {
        return timers.spread(interval, 0.5, 1.0);
    }

    Duration afterState() {
        outages = 0;
        return timers.spread(interval, 1.0, 1.1);
    }

    /** Longer each time; never shorter than the upstream asks for with Retry-After. */
    Duration afterOutage(DeviceResponse response) {
        outages = Math.min(outages + 1, MAX_DOUBLINGS);
        Duration doubled = interval.multipliedBy(1L << (outages - 1));
        Duration bounded = min(doubled, max(interval, LONGEST_BACKOFF));
        Duration asked = response.maxAge().orElse(Duration.ZERO);
        return timers.spread(max(bounded, asked), 1.0, 1.1);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
