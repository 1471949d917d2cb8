package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Offers states to one observation as often as RFC 7641 §4.5.1 lets non-confirmable notifications go to a device whose
 * round-trip time nobody knows: one in 3 seconds. Of several states the newest is offered. Thread-safe.
 */
final class PacedOffers {
    static final Duration GAP = Duration.ofSeconds(3);

    private final Timers timers;
    private final Observation observation;
    /** Guarded by this. */
    private Instant nextAt = Instant.MIN;
    /** Guarded by this; there is a timer for it. */
    private @Nullable DeviceResponse waiting;
    /** Guarded by this: when the waiting one was the newest. */
    private long waitingTick;

    PacedOffers(Timers timers, Observation observation) {
        this.timers = timers;
        this.observation = observation;
    }

    void offer(DeviceResponse state) {
        long tick = timers.tick();
        synchronized (this) {
            Instant now = timers.now();
            boolean isScheduled = waiting != null;
            if (isScheduled || now.isBefore(nextAt)) {
                waiting = state;
                waitingTick = tick;
                if (!isScheduled) {
                    var unused = timers.after(Duration.between(now, nextAt), this::offerWaiting);
                }
                return;
            }
            nextAt = now.plus(GAP);
        }
        observation.offer(state, Version.of(state), tick);
    }

    private void offerWaiting() {
        DeviceResponse state;
        long tick;
        synchronized (this) {
            state = waiting;
            tick = waitingTick;
            waiting = null;
            nextAt = timers.now().plus(GAP);
        }
        if (state != null && !observation.isOver()) {
            observation.offer(state, Version.of(state), tick);
        }
    }
}
