package io.coapgate.simulator.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How times are measured: in microseconds, with three digits, up to ten minutes. */
final class Micros {
    private static final long HIGHEST = 600_000_000;
    private static final int DIGITS = 3;

    private Micros() {}

    static Recorder recorder() {
        return new Recorder(HIGHEST, DIGITS);
    }

    static Histogram histogram() {
        return new Histogram(HIGHEST, DIGITS);
    }

    static long of(long nanos) {
        return Math.min(HIGHEST, Math.max(1, nanos / 1000));
    }
}
