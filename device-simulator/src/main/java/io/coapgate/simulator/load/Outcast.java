package io.coapgate.simulator.load;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What devices have become that are no part of the fleet any more: removed from the registry, or abusive. They go on, but
 * their requests count neither as due nor as answered; what fails of them is counted under this name. Thread-safe.
 */
final class Outcast {
    private static final long NEVER = Long.MIN_VALUE;

    private final String name;
    private final AtomicLong lastAccepted = new AtomicLong(NEVER);

    Outcast(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** How a failure is counted. */
    String told(String reason) {
        return name + ": " + reason;
    }

    /** A request of theirs was answered with class 2 at this {@link System#nanoTime()}. */
    void accepted(long nanoTime) {
        lastAccepted.accumulateAndGet(nanoTime, Math::max);
    }

    /** When the last of their requests was; empty if none was. */
    OptionalLong lastAccepted() {
        long nanoTime = lastAccepted.get();
        return nanoTime == NEVER ? OptionalLong.empty() : OptionalLong.of(nanoTime);
    }
}
