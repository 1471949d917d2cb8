package io.coapgate.gateway.device;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The devices that have a session, each once. An entry lives as long as a session refers to it, so that the table is
 * bounded by the sessions that DTLS keeps. Thread-safe.
 *
 * <p>No entry is ever older than the registry: one is made only if nothing has changed since before its record was looked
 * up, and from then on each change reaches it.
 */
final class LiveDevices {
    private final Map<DeviceId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final ReferenceQueue<LiveDevice> collected = new ReferenceQueue<>();

    /** How often the registry has changed so far; to be read before a look-up begins. */
    long changes() {
        return changes.get();
    }

    /**
     * The view that the device's sessions share; made from this record if it has none.
     *
     * @param asOf what {@link #changes} was before the record was looked up
     * @return empty if the record may be out of date; look it up again
     */
    Optional<LiveDevice> attach(Device device, long asOf) {
        removeCollected();
        LiveDevice fresh = new LiveDevice(device);
        Entry entry = entries.compute(
                device.id(),
                (id, old) -> isCurrent(old, device) || changes() != asOf ? old : new Entry(id, fresh, collected));
        // An entry may also be collected between compute and here; then, too, the next look-up starts afresh.
        return entry == null || changes() != asOf ? Optional.empty() : Optional.ofNullable(entry.get());
    }

    /**
     * Counts first, and then waits for an {@link #attach} of the same device that is under way: that one has either seen
     * the count, or its entry is found here.
     */
    void apply(List<DeviceChange> changed) {
        changes.incrementAndGet();
        changed.forEach(change -> entries.computeIfPresent(change.id(), (id, entry) -> {
            LiveDevice live = entry.get();
            if (live != null) {
                live.apply(change);
            }
            return entry;
        }));
    }

    /**
     * Whether the entry is the device's. One that was disabled for good, by a removal, is not, once an access token makes
     * the device anew.
     */
    private static boolean isCurrent(@Nullable Entry entry, Device device) {
        LiveDevice live = entry == null ? null : entry.get();
        return live != null && (live.device().enabled() || !device.enabled());
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
