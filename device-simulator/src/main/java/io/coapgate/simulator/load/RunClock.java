package io.coapgate.simulator.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The time of a run, from its start. Thread-safe. */
final class RunClock {
    private final long start = System.nanoTime();

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    double seconds() {
        return seconds(System.nanoTime());
    }

    /** Of this {@link System#nanoTime()}. */
    double seconds(long nanoTime) {
        return (nanoTime - start) / 1e9;
    }

    /** Waits until this {@link System#nanoTime()}. */
    static void waitUntil(long nanoTime) throws InterruptedException {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
