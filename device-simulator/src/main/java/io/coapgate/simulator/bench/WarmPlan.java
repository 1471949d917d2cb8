package io.coapgate.simulator.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What to measure, and how thoroughly.
 *
 * @param contenders in the order in which they take turns
 * @param connections one series of measurements for each of these numbers
 * @param rates requests per second that are offered whatever the server does, one series for each; empty: each connection
 *     sends its next request when the last one is answered
 * @param runs per server and series
 */
public record WarmPlan(
        List<Contender> contenders,
        List<Integer> connections,
        List<Integer> rates,
        int runs,
        Duration duration,
        WarmUp warmUp) {
    public WarmPlan {
        contenders = List.copyOf(contenders);
        connections = List.copyOf(connections);
        rates = List.copyOf(rates);
        if (contenders.isEmpty() || connections.isEmpty() || runs < 1) {
            throw new IllegalArgumentException("there is one server, one number of connections and one run at least");
        }
        if (Collections.min(connections) < 1 || rates.stream().anyMatch(rate -> rate < 1)) {
            throw new IllegalArgumentException("connections and rates are positive");
        }
    }

    /** For a figure to rely on. */
    public static WarmPlan thorough() {
        return new WarmPlan(Contender.available(), List.of(50), List.of(), 5, Duration.ofSeconds(6), WarmUp.thorough());
    }

    /** To see that it works; its figures mean little. */
    public static WarmPlan quick() {
        return new WarmPlan(Contender.available(), List.of(10), List.of(), 1, Duration.ofSeconds(1), WarmUp.none());
    }

    /** How many devices that takes. */
    int devices() {
        return Collections.max(connections);
    }

    /**
     * What each server does before it is measured for the first time: the just-in-time compiler goes by calls, not by
     * time.
     *
     * @param limit not longer than this, whatever is done by then
     */
    public record WarmUp(long requests, Duration limit) {
        static WarmUp thorough() {
            return new WarmUp(300_000, Duration.ofSeconds(60));
        }

        static WarmUp none() {
            return new WarmUp(100, Duration.ofSeconds(1));
        }
    }
}
