package io.coapgate.simulator.load;

import java.time.Duration;

/** A constant rate: when each request is due, in nanoseconds from the start. Exact, whatever the rate. Immutable. */
final class Schedule {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double rate;
    private final long count;

    /** @param rate requests per second */
    Schedule(double rate, Duration duration) {
        this.rate = rate;
        this.count = Math.max(1, (long) Math.floor(rate * duration.toNanos() / NANOS_PER_SECOND));
    }

    /** How many requests are due in all. */
    long count() {
        return count;
    }

    /** When request {@code n} of 0 to {@code count() - 1} is due. */
    long dueNanos(long n) {
        return (long) (n * NANOS_PER_SECOND / rate);
    }
}
