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
        return new WarmPlan(
                Contender.available(),
                List.of(50),
                List.of(),
                5,
                Duration.ofSeconds(6),
                new WarmUp(300_000, Duration.ofSeconds(60)));
    }

    /** To see that it works; its figures mean little. */
    public static WarmPlan quick() {
        return new WarmPlan(
                Contender.available(),
                List.of(10),
                List.of(),
                1,
                Duration.ofMillis(500),
                new WarmUp(1, Duration.ofMillis(200)));
    }

    /** How many devices that takes. */
    int devices() {
        return Collections.max(connections);
    }
}
