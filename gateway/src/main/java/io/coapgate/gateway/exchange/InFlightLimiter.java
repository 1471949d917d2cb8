package io.coapgate.gateway.exchange;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the requests under way, over all devices and for each, and lets them run out at shutdown. Thread-safe, without
 * a lock that all share.
 */
public final class InFlightLimiter {
    private final Quota quota;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    public InFlightLimiter(LimitSettings settings) {
        this.quota = new Quota(settings.maxInFlight(), settings.maxInFlightPerDevice());
    }

    /** @return why the request may not start; if empty, {@link #release} must follow exactly once */
    public Optional<Refusal> acquire(DeviceId device) {
        if (closed) {
            return Optional.of(Refusal.SHUTTING_DOWN);
        }
        Quota.Answer answer = quota.take(device);
        if (answer == Quota.Answer.TAKEN) {
            return Optional.empty();
        }
        noticeEnd(); // for a moment this one was counted
        return Optional.of(answer == Quota.Answer.FULL ? Refusal.GATEWAY_BUSY : Refusal.DEVICE_BUSY);
    }

    public void release(DeviceId device) {
        quota.release(device);
        noticeEnd();
    }

    /** False once {@link #close} has been called. */
    public boolean isOpen() {
        return !closed;
    }

    public int inFlight() {
        return quota.taken();
    }

    /** Lets no further request start. @return completed when the last one has ended */
    public CompletableFuture<Void> close() {
        closed = true;
        noticeEnd();
        return drained;
    }

    private void noticeEnd() {
        if (closed && quota.taken() == 0) {
            drained.complete(null);
        }
    }
}
