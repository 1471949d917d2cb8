package io.coapgate.simulator.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What each server does before it is measured for the first time: the just-in-time compiler goes by calls, not by time.
 *
 * @param requests answered, or connects
 * @param limit not longer than this, whatever is done by then
 */
public record WarmUp(long requests, Duration limit) {
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(1);

    public WarmUp {
        requireNonNull(limit, "limit");
    }

    /** How long the server is loaded before the requests are counted again. */
    Duration slice() {
        return limit.compareTo(LONGEST_SLICE) < 0 ? limit : LONGEST_SLICE;
    }

    /** As many requests, within another time. */
    public WarmUp within(Duration time) {
        return new WarmUp(requests, time);
    }
}
