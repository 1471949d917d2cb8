package io.coapgate.gateway.device;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices that have a session, each once. An entry lives as long as a session refers to it, so that the table is
 * bounded by the sessions that DTLS keeps. Thread-safe.
 */
final class LiveDevices {
    private final Map<DeviceId, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<LiveDevice> collected = new ReferenceQueue<>();

    /** The view that the device's sessions share; made from this record if it has none. */
    LiveDevice attach(Device device) {
        removeCollected();
        LiveDevice fresh = new LiveDevice(device);
        Entry entry = entries.compute(
                device.id(), (id, old) -> old == null || old.get() == null ? new Entry(id, fresh, collected) : old);
        LiveDevice live = entry.get();
        if (live == null) {
            return attach(device); // collected between compute and get: no session can refer to it
        }
        return live;
    }

    void apply(DeviceChange change) {
        Entry entry = entries.get(change.id());
        LiveDevice live = entry == null ? null : entry.get();
        if (live != null) {
            live.apply(change);
        }
    }

    private void removeCollected() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof Entry entry) {
                entries.remove(entry.id, entry);
            }
        }
    }

    private static final class Entry extends WeakReference<LiveDevice> {
        private final DeviceId id;

        Entry(DeviceId id, LiveDevice live, ReferenceQueue<LiveDevice> queue) {
            super(live, queue);
            this.id = id;
        }
    }
}
