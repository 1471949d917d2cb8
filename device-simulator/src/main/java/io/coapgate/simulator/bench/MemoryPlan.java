package io.coapgate.simulator.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What to measure.
 *
 * @param sessions numbers of idle sessions, ascending
 * @param settling how long they are left alone before they are counted as settled; deduplication remembers messages for
 *     EXCHANGE_LIFETIME, 247 s (RFC 7252 §4.8.2)
 */
public record MemoryPlan(List<Integer> sessions, Duration settling) {
    private static final int MOST = 60_000; // each has an address of its own, of 127.1.0.0 and up

    public MemoryPlan {
        sessions = List.copyOf(sessions);
        if (sessions.isEmpty() || sessions.get(0) < 1 || Collections.max(sessions) > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " sessions");
        }
        if (!sessions.equals(sessions.stream().sorted().distinct().toList())) {
            throw new IllegalArgumentException("the numbers of sessions ascend");
        }
    }

    /** For a figure to rely on. */
    public static MemoryPlan thorough() {
        return new MemoryPlan(List.of(2_000, 10_000), Duration.ofMinutes(5));
    }

    /** To see that it works; its figures mean little. */
    public static MemoryPlan quick() {
        return new MemoryPlan(List.of(20), Duration.ZERO);
    }

    int most() {
        return sessions.get(sessions.size() - 1);
    }
}
