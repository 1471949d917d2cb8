package io.coapgate.simulator.bench;

import java.time.Duration;

/**
 * One start.
 *
 * @param ready from the start of the process until it said that it is ready
 * @param answered from the start of the process until it had answered a request, after a handshake
 */
record StartSample(Duration ready, Duration answered) {
    private static final double NANOS_PER_MILLI = 1e6;

    double readyMillis() {
        return ready.toNanos() / NANOS_PER_MILLI;
    }

    double answeredMillis() {
        return answered.toNanos() / NANOS_PER_MILLI;
    }
}
