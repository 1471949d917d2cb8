package io.coapgate.simulator.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Recorder;

/**
 * The requests of one device that are due and not answered yet; the first of them is under way. Latency counts from when
 * a request was due, however long it had to wait for the one before, so that a server that stalls can't hide it.
 * Thread-safe.
 */
final class DueRequests {
    private final Recorder latencies;
    /** Nanoseconds; guarded by this. */
    private final Deque<Long> due = new ArrayDeque<>();

    /** @param latencies in nanoseconds, of all devices */
    DueRequests(Recorder latencies) {
        this.latencies = latencies;
    }

    /** True if none is under way: it must be sent now. */
    synchronized boolean add(long dueNanos) {
        due.add(dueNanos);
        return due.size() == 1;
    }

    /** The one that was under way is answered; true if the next one must be sent now. */
    synchronized boolean answered(long nowNanos) {
        Long first = due.poll();
        if (first != null) {
            latencies.recordValue(Math.max(0, nowNanos - first));
        }
        return !due.isEmpty();
    }

    synchronized boolean isEmpty() {
        return due.isEmpty();
    }

    /** Forgets them all. */
    synchronized void clear() {
        due.clear();
    }
}
