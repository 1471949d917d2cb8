package io.coapgate.simulator.load;

import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.SimulatedDevice;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One device's requests, one at a time as RFC 7252 §4.7 wants it (NSTART = 1): what becomes due meanwhile waits here, and
 * its waiting counts. Thread-safe.
 */
final class Lane {
    private static final int MAX_WAITING = 10_000;

    private final SimulatedDevice device;
    private final DeviceRequest request;
    private final LoadStatistics statistics;
    private final AtomicLong underWay;
    /** Due times, System.nanoTime(). Guarded by this. */
    private final Queue<Long> waiting = new ArrayDeque<>();
    /** Guarded by this. */
    private boolean busy;

    /** @param underWay counts the requests of all lanes that have no outcome yet */
    Lane(SimulatedDevice device, DeviceRequest request, LoadStatistics statistics, AtomicLong underWay) {
        this.device = device;
        this.request = request;
        this.statistics = statistics;
        this.underWay = underWay;
    }

    /** Sends a request that is due at this {@link System#nanoTime()}, as soon as the device is free. */
    void offer(long dueNanos) {
        synchronized (this) {
            if (busy && waiting.size() >= MAX_WAITING) {
                statistics.failed("not sent, too many waiting");
                return;
            }
            underWay.incrementAndGet();
            if (busy) {
                waiting.add(dueNanos);
                return;
            }
            busy = true;
        }
        send(dueNanos);
    }

    /** Sends one request after the other until this {@link System#nanoTime()}. */
    void repeatUntil(long endNanos) {
        long now = System.nanoTime();
        if (now >= endNanos) {
            return;
        }
        underWay.incrementAndGet();
        device.request(request).whenComplete((answer, failure) -> {
            statistics.completed(answer, failure, System.nanoTime() - now);
            // The next one counts as under way before this one stops to.
            repeatUntil(endNanos);
            underWay.decrementAndGet();
        });
    }

    private void send(long dueNanos) {
        device.request(request).whenComplete((answer, failure) -> {
            statistics.completed(answer, failure, System.nanoTime() - dueNanos);
            underWay.decrementAndGet();
            next();
        });
    }

    private void next() {
        Long due;
        synchronized (this) {
            due = waiting.poll();
            busy = due != null;
        }
        if (due != null) {
            send(due);
        }
    }
}
