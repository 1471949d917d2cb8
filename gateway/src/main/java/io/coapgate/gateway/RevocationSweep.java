package io.coapgate.gateway;

import io.coapgate.gateway.device.AuthenticatedDevice;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Cuts the sessions of devices that may not have one any more. However many devices a reload changes, the sessions are
 * looked through once; until then their requests are refused already, by {@link AuthenticatedDevice#standing}. Who observes
 * hears why first, and for that keeps its session a moment longer.
 */
final class RevocationSweep {
    private static final long COLLECT_MILLIS = 50;
    /** For a datagram to leave; whether it arrives is not waited for. */
    private static final long FAREWELL_MILLIS = 200;

    private final ScheduledExecutorService scheduler;
    private final Predicate<AuthenticatedDevice> isOver;
    private final Runnable farewell;
    private final Consumer<Predicate<AuthenticatedDevice>> terminate;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * @param isOver whether a session may not go on
     * @param farewell ends what devices observe that may not do so any more; a poll may have ended it a moment before
     * @param terminate ends every session for whose device the predicate holds
     */
    RevocationSweep(
            ScheduledExecutorService scheduler,
            Predicate<AuthenticatedDevice> isOver,
            Runnable farewell,
            Consumer<Predicate<AuthenticatedDevice>> terminate) {
        this.scheduler = scheduler;
        this.isOver = isOver;
        this.farewell = farewell;
        this.terminate = terminate;
    }

    /** Some device has changed. */
    void request() {
        if (scheduled.compareAndSet(false, true)) {
            var unused = scheduler.schedule(this::sweep, COLLECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        scheduled.set(false); // first: a change from here on asks for another sweep
        farewell.run();
        var unused = scheduler.schedule(this::terminate, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void terminate() {
        terminate.accept(isOver);
    }
}
