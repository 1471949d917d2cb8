package io.coapgate.simulator.bench;

import java.time.Duration;

/**
 * How thoroughly to measure.
 *
 * @param runs per server; they alternate
 * @param warmUpRequests per server, before the first run: the just-in-time compiler goes by calls, not by time
 * @param warmUpLimit but not longer than this
 */
public record WarmPlan(int connections, int runs, Duration duration, long warmUpRequests, Duration warmUpLimit) {
    public WarmPlan {
        if (connections < 1 || runs < 1) {
            throw new IllegalArgumentException("there is one connection and one run at least");
        }
    }

    /** For a figure to rely on. */
    public static WarmPlan thorough() {
        return new WarmPlan(50, 5, Duration.ofSeconds(6), 300_000, Duration.ofSeconds(60));
    }

    /** To see that it works; its figures mean little. */
    public static WarmPlan quick() {
        return new WarmPlan(10, 1, Duration.ofSeconds(1), 100, Duration.ofSeconds(1));
    }
}
