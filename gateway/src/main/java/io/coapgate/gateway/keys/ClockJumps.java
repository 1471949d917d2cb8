package io.coapgate.gateway.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Tells whether the clock can be believed: if it jumps against the time that the process has really spent, it is not for a
 * while, so that a clock that is wrong for a moment ends no key. Thread-safe.
 */
public final class ClockJumps {
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration rest;

    /** Guarded by this. */
    private Instant lastTime;

    /** Guarded by this. */
    private long lastNanos;

    /** Real time since the last jump, no longer than the rest. Guarded by this. */
    private Duration steadyFor;

    /**
     * A clock that is steady from the start.
     *
     * @param nanoTime goes on whatever happens to the clock
     * @param rest for which a clock that has jumped is not believed
     */
    public ClockJumps(Clock clock, LongSupplier nanoTime, Duration rest) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.lastTime = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
        this.steadyFor = rest;
    }

    /** Looks at the clock, as has to be done every now and then. */
    public synchronized boolean isSteady() {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration spent = Duration.ofNanos(nanos - lastNanos);
        Duration drift = Duration.between(lastTime, now).minus(spent).abs();
        boolean jumped = drift.compareTo(TOLERANCE) > 0;
        Duration longer = steadyFor.plus(spent);
        steadyFor = jumped ? Duration.ZERO : longer.compareTo(rest) < 0 ? longer : rest;
        lastTime = now;
        lastNanos = nanos;
        return steadyFor.equals(rest);
    }
}
