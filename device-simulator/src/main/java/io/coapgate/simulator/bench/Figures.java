package io.coapgate.simulator.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One figure of several runs, in their order. Two servers are compared pair by pair, by runs that were taken in turn: what
 * slows the machine down slows both.
 */
final class Figures {
    private final double[] values;

    private Figures(double[] values) {
        this.values = values;
    }

    static <T> Figures of(List<T> runs, ToDoubleFunction<T> figure) {
        return new Figures(runs.stream().mapToDouble(figure).toArray());
    }

    static Figures of(double... values) {
        return new Figures(values.clone());
    }

    /** NaN if there is none. */
    double median() {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** NaN if there is none. */
    double least() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** NaN if there is none. */
    double greatest() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The ratio of each to the one of {@code other} that was taken beside it. */
    Figures dividedBy(Figures other) {
        return new Figures(IntStream.range(0, Math.min(values.length, other.values.length))
                .mapToDouble(i -> values[i] / other.values[i])
                .toArray());
    }

    /** Median, least and greatest: {@code 1.63 (1.58 to 1.71)}. */
    String spread() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(), least(), greatest());
    }
}
