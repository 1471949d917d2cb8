package io.coapgate.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether one target is out for its failures. Thread-safe; after a success, a success reads one field and writes none.
 */
final class Ejection {
    private static final int MOST_TIMES_AS_LONG = 10;

    private final EjectionSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicInteger failuresInRow = new AtomicInteger();

    private volatile boolean out;
    private volatile long outUntil;
    /** How many times as long as the first one the last ejection was; guarded by this. */
    private int timesAsLong;

    Ejection(EjectionSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    boolean isOut() {
        return out && nanoTime.getAsLong() - outUntil < 0; // now == outUntil: it is back
    }

    void succeeded() {
        if (failuresInRow.get() != 0) {
            failuresInRow.set(0);
        }
    }

    /** Whether it has failed often enough to be ejected. */
    boolean failed() {
        return failuresInRow.incrementAndGet() >= settings.after();
    }

    /** How long it is out now. A target that has been back for long enough begins anew. */
    synchronized Duration eject() {
        long now = nanoTime.getAsLong();
        long forgiven = settings.duration().multipliedBy(MOST_TIMES_AS_LONG).toNanos();
        boolean again = timesAsLong > 0 && now - outUntil < forgiven;
        timesAsLong = again ? Math.min(timesAsLong + 1, MOST_TIMES_AS_LONG) : 1;
        Duration time = settings.duration().multipliedBy(timesAsLong);
        failuresInRow.set(0);
        outUntil = now + time.toNanos();
        out = true;
        return time;
    }
}
