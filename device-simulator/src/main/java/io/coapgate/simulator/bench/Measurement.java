package io.coapgate.simulator.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * One run against one server.
 *
 * @param requests answered with class 2
 * @param failures refused or lost
 * @param serverCpu processor time of the server's process
 * @param latency where requests were offered at a rate
 */
record Measurement(long requests, long failures, Duration elapsed, Duration serverCpu, Optional<Latency> latency) {
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    double requestsPerSecond() {
        return requests / seconds(elapsed);
    }

    double cpuMicrosPerRequest() {
        return requests == 0 ? Double.NaN : seconds(serverCpu) * MICROS / requests;
    }

    /** What one core would do if the server had it to itself all the time. */
    double requestsPerSecondAndCore() {
        return MICROS / cpuMicrosPerRequest();
    }

    /** How much of one core the server used. */
    double coresUsed() {
        return seconds(serverCpu) / seconds(elapsed);
    }

    /** NaN where it was not measured. */
    double p99Millis() {
        return latency.map(found -> seconds(found.p99()) * MILLIS).orElse(Double.NaN);
    }

    /** NaN where it was not measured. */
    double medianMillis() {
        return latency.map(found -> seconds(found.median()) * MILLIS).orElse(Double.NaN);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
