package io.coapgate.simulator.bench;

import java.time.Duration;

/**
 * One run against one server.
 *
 * @param requests answered with class 2
 * @param failures refused or lost
 * @param serverCpu processor time of the server's process
 */
record Measurement(long requests, long failures, Duration elapsed, Duration serverCpu) {
    private static final double MICROS = 1e6;

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

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
