package io.coapgate.gateway.observe;

import io.coapgate.gateway.device.DeviceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts observations, over all devices and for each. Thread-safe. */
final class Places {
    private final ObservationSettings settings;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<DeviceId, Integer> byDevice = new ConcurrentHashMap<>();

    Places(ObservationSettings settings) {
        this.settings = settings;
    }

    /** @return whether there is a place; if so, {@link #release} must follow exactly once */
    boolean acquire(DeviceId device) {
        if (total.incrementAndGet() > settings.maxObservations()) {
            total.decrementAndGet();
            return false;
        }
        if (byDevice.merge(device, 1, Integer::sum) > settings.maxObservationsPerDevice()) {
            release(device);
            return false;
        }
        return true;
    }

    void release(DeviceId device) {
        byDevice.computeIfPresent(device, (id, count) -> count == 1 ? null : count - 1);
        total.decrementAndGet();
    }
}
