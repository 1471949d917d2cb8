package io.coapgate.gateway.coap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SessionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;

/**
 * The block-wise transfers of one direction that each device has begun and not ended, a few at most, for as long as
 * Californium's block-wise layer remembers them. Thread-safe.
 */
final class UnfinishedTransfers {
    static final int MAX_PER_DEVICE = 4;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Duration lifetime;
    private final LongSupplier nanoTime;
    private final Cache<DeviceId, Begun> byDevice;

    /** @param lifetime after so long without a block the block-wise layer forgets a transfer */
    UnfinishedTransfers(Duration lifetime, LongSupplier nanoTime) {
        this.lifetime = lifetime;
        this.nanoTime = nanoTime;
        this.byDevice = Caffeine.newBuilder().expireAfterAccess(lifetime).build();
    }

    /**
     * Takes one in, if there is room; one that is begun anew takes the place of the old one.
     *
     * @return zero if it is in, or else how long until another is forgotten, in full seconds
     */
    Duration begin(AuthenticatedDevice device, Request request) {
        return begun(device).begin(Transfer.of(device, request));
    }

    /** Whether {@link #begin} would take it in now. */
    boolean hasRoomFor(AuthenticatedDevice device, Request request) {
        return begun(device).hasRoomFor(Transfer.of(device, request));
    }

    /** Another block has come or gone; of a transfer that is not known that leaves nothing behind. */
    void goOn(AuthenticatedDevice device, Request request) {
        begun(device).goOn(Transfer.of(device, request));
    }

    void end(AuthenticatedDevice device, Request request) {
        Begun begun = byDevice.getIfPresent(device.id());
        if (begun != null) {
            begun.end(Transfer.of(device, request));
        }
    }

    private Begun begun(AuthenticatedDevice device) {
        return byDevice.get(device.id(), id -> new Begun());
    }

    /** What the block-wise layer tells transfers apart by. */
    private record Transfer(SessionId session, Code method, String scheme, String uri) {
        static Transfer of(AuthenticatedDevice device, Request request) {
            return new Transfer(
                    device.session(),
                    request.getCode(),
                    request.getScheme(),
                    request.getOptions().getUriString());
        }
    }

    private final class Begun {
        /** When the last block came or went. Guarded by this. */
        private final Map<Transfer, Long> lastBlock = new HashMap<>();

        synchronized Duration begin(Transfer transfer) {
            long now = nanoTime.getAsLong();
            if (!hasRoomFor(transfer)) {
                return untilOneIsForgotten(now);
            }
            lastBlock.put(transfer, now);
            return Duration.ZERO;
        }

        synchronized boolean hasRoomFor(Transfer transfer) {
            long now = nanoTime.getAsLong();
            lastBlock.values().removeIf(last -> now - last >= lifetime.toNanos()); // now == the end: forgotten
            return lastBlock.containsKey(transfer) || lastBlock.size() < MAX_PER_DEVICE;
        }

        private Duration untilOneIsForgotten(long now) {
            long idle = lastBlock.values().stream()
                    .mapToLong(last -> now - last)
                    .max()
                    .orElse(0);
            long nanos = lifetime.toNanos() - idle;
            return Duration.ofSeconds((nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND); // up: not to come too early
        }

        synchronized void goOn(Transfer transfer) {
            lastBlock.replace(transfer, nanoTime.getAsLong());
        }

        synchronized void end(Transfer transfer) {
            lastBlock.remove(transfer);
        }
    }
}
