package io.coapgate.simulator.load;

import java.time.Duration;
import java.util.Map;

/**
 * How a run went.
 *
 * @param answered requests with an answer of class 2
 * @param errors other outcomes by code or reason
 * @param elapsed from the first request to the last outcome
 * @param handshakes DTLS handshakes that devices began, connecting included
 * @param connected devices that were ready when the requests began
 */
public record LoadSummary(
        long answered, Map<String, Long> errors, Latencies latency, Duration elapsed, long handshakes, int connected) {
    public LoadSummary {
        errors = Map.copyOf(errors);
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    public long requests() {
        return answered + failed();
    }

    /** Answered requests per second. */
    public double throughput() {
        return elapsed.isZero() ? 0 : answered / (elapsed.toNanos() / 1e9);
    }
}
