package io.coapgate.simulator.load;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.HdrHistogram.Histogram;

/** Percentiles of what requests took; all zero if none was answered. */
public record Latencies(Duration p50, Duration p90, Duration p99, Duration max) {

    static Latencies ofMicros(Histogram histogram) {
        return new Latencies(at(histogram, 50), at(histogram, 90), at(histogram, 99), micros(histogram.getMaxValue()));
    }

    private static Duration at(Histogram histogram, double percentile) {
        return micros(histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile));
    }

    private static Duration micros(long value) {
        return Duration.of(value, ChronoUnit.MICROS);
    }
}
