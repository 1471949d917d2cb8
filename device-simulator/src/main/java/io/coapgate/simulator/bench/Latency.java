package io.coapgate.simulator.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Percentiles of one run's answers, from when each request was due. */
record Latency(Duration median, Duration p99, Duration p999) {
    /** @param nanos in nanoseconds */
    static Latency of(Histogram nanos) {
        return new Latency(at(nanos, 50), at(nanos, 99), at(nanos, 99.9));
    }

    private static Duration at(Histogram nanos, double percentile) {
        return Duration.ofNanos(nanos.getValueAtPercentile(percentile));
    }
}
