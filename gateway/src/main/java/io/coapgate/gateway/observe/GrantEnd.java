package io.coapgate.gateway.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asks again when what allows an observation ends, because a device may have got a new token by then. Thread-safe. */
final class GrantEnd {
    private final Timers timers;
    private final Runnable check;

    /** Guarded by this. */
    private @Nullable Instant armedFor;
    /** Guarded by this. */
    private @Nullable Future<?> timer;
    /** Guarded by this. */
    private boolean cancelled;

    GrantEnd(Timers timers, Runnable check) {
        this.timers = timers;
        this.check = check;
    }

    /** @param notAfter when the grant ends that has just been seen; asks earlier if that is far away */
    synchronized void arm(Instant notAfter) {
        if (!cancelled && !notAfter.equals(armedFor)) {
            disarm();
            armedFor = notAfter;
            timer = timers.after(Duration.between(timers.now(), notAfter).plusMillis(1), this::fire);
        }
    }

    synchronized void cancel() {
        cancelled = true;
        disarm();
    }

    private void fire() {
        synchronized (this) {
            armedFor = null;
        }
        check.run();
    }

    /** Call with the lock held. */
    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
