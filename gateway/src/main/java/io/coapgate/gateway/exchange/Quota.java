package io.coapgate.gateway.exchange;

import io.coapgate.gateway.device.DeviceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts places that are taken, over all devices and for each. Thread-safe, without a lock that all share. */
public final class Quota {
    private final int most;
    private final int mostPerDevice;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<DeviceId, Integer> byDevice = new ConcurrentHashMap<>();

    /** What becomes of a wish for a place. */
    public enum Answer {
        /** {@link Quota#release} must follow exactly once. */
        TAKEN,
        FULL,
        DEVICE_FULL
    }

    public Quota(int most, int mostPerDevice) {
        this.most = most;
        this.mostPerDevice = mostPerDevice;
    }

    public Answer take(DeviceId device) {
        if (total.incrementAndGet() > most) {
            total.decrementAndGet();
            return Answer.FULL;
        }
        if (byDevice.merge(device, 1, Integer::sum) > mostPerDevice) {
            release(device);
            return Answer.DEVICE_FULL;
        }
        return Answer.TAKEN;
    }

    public void release(DeviceId device) {
        byDevice.computeIfPresent(device, (id, count) -> count == 1 ? null : count - 1);
        total.decrementAndGet();
    }

    public int taken() {
        return total.get();
    }
}
