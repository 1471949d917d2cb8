package io.coapgate.simulator.run;

import org.HdrHistogram.Histogram;

/** Percentiles of what requests took, in microseconds from when they were due; all zero if there were none. */
public record Quantiles(long p50, long p90, long p99, long p999, long max) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    /** @param micros recorded in microseconds */
    public static Quantiles of(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return new Quantiles(0, 0, 0, 0, 0);
        }
        return new Quantiles(
                micros.getValueAtPercentile(PERCENTILES[0]),
                micros.getValueAtPercentile(PERCENTILES[1]),
                micros.getValueAtPercentile(PERCENTILES[2]),
                micros.getValueAtPercentile(PERCENTILES[3]),
                micros.getMaxValue());
    }
}
