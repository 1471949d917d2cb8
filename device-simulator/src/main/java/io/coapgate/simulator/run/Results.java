package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What came out.
 *
 * @param latency of all answered requests, from when they were due
 * @param connecting of all devices that came up: from switching them on to their being ready, the token's upload included
 * @param errors outcomes that were no answer of class 2, by code or reason
 * @param expectations of the scenario, in its order
 */
public record Results(
        Distribution latency,
        Distribution connecting,
        Map<String, Long> errors,
        List<Expectation> expectations,
        Client client) {
    public Results {
        requireNonNull(latency, "latency");
        requireNonNull(connecting, "connecting");
        requireNonNull(client, "client");
        errors = Map.copyOf(errors);
        expectations = List.copyOf(expectations);
    }

    /**
     * Whether the simulator itself kept the figures down.
     *
     * @param bottleneck if so, latencies and rates say more about it than about the server
     * @param why one sentence; empty if it was not
     * @param lag how late the schedule itself was served: from due to handed to a device
     */
    public record Client(boolean bottleneck, String why, Quantiles lag) {
        public Client {
            requireNonNull(why, "why");
            requireNonNull(lag, "lag");
        }
    }
}
