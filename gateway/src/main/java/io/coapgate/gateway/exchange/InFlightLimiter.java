package io.coapgate.gateway.exchange;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the requests under way, over all devices and for each, and lets them run out at shutdown. Thread-safe, without
 * a lock that all share.
 */
public final class InFlightLimiter {
    private final LimitSettings settings;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<DeviceId, Integer> byDevice = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    public InFlightLimiter(LimitSettings settings) {
        this.settings = settings;
    }

    /** @return why the request may not start; if empty, {@link #release} must follow exactly once */
    public Optional<Refusal> acquire(DeviceId device) {
        if (closed) {
            return Optional.of(Refusal.SHUTTING_DOWN);
        }
        if (total.incrementAndGet() > settings.maxInFlight()) {
            releaseTotal();
            return Optional.of(Refusal.GATEWAY_BUSY);
        }
        if (byDevice.merge(device, 1, Integer::sum) > settings.maxInFlightPerDevice()) {
            release(device);
            return Optional.of(Refusal.DEVICE_BUSY);
        }
        return Optional.empty();
    }

    public void release(DeviceId device) {
        byDevice.computeIfPresent(device, (id, count) -> count == 1 ? null : count - 1);
        releaseTotal();
    }

    /** False once {@link #close} has been called. */
    public boolean isOpen() {
        return !closed;
    }

    public int inFlight() {
        return total.get();
    }

    /** Lets no further request start. @return completed when the last one has ended */
    public CompletableFuture<Void> close() {
        closed = true;
        if (total.get() == 0) {
            drained.complete(null);
        }
        return drained;
    }

    private void releaseTotal() {
        if (total.decrementAndGet() == 0 && closed) {
            drained.complete(null);
        }
    }
}
