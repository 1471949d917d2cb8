package io.coapgate.simulator.scenario;

import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Measures a run, or a part of it, of which the worst second's percentile counts.
 *
 * @param reason the beginning of the only errors that count; empty for all
 */
record Measure(Metric metric, String reason, Window window) {
    double of(RunRecord run) {
        List<Second> seconds = window.of(run);
        return switch (metric) {
            case P50 -> quantile(run, seconds, Quantiles::p50);
            case P90 -> quantile(run, seconds, Quantiles::p90);
            case P99 -> quantile(run, seconds, Quantiles::p99);
            case P999 -> quantile(run, seconds, Quantiles::p999);
            case MAX -> quantile(run, seconds, Quantiles::max);
            case ERRORS -> sum(seconds, second -> errors(second.requests().errors()));
            case HANDSHAKES -> sum(seconds, second -> second.devices().handshakes());
            case TOKENS -> sum(seconds, second -> second.devices().tokens());
            case CONNECTED -> run.results().connecting().count();
            case GOODPUT ->
                ratio(
                        answered(seconds),
                        sum(seconds, second -> second.requests().due()));
            case THROUGHPUT -> ratio(answered(seconds), duration(run, seconds));
        };
    }

    private double quantile(RunRecord run, List<Second> seconds, ToLongFunction<Quantiles> which) {
        return window instanceof Window.Whole
                ? which.applyAsLong(run.results().latency().quantiles())
                : seconds.stream()
                        .mapToLong(second -> which.applyAsLong(second.latency()))
                        .max()
                        .orElse(0);
    }

    private long errors(Map<String, Long> errors) {
        return errors.entrySet().stream()
                .filter(error -> error.getKey().startsWith(reason))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private double duration(RunRecord run, List<Second> seconds) {
        return window instanceof Window.Whole ? run.timeline().planned().toNanos() / 1e9 : seconds.size();
    }

    private static long answered(List<Second> seconds) {
        return sum(seconds, second -> second.requests().answered());
    }

    private static long sum(List<Second> seconds, ToLongFunction<Second> figure) {
        return seconds.stream().mapToLong(figure).sum();
    }

    /** Nothing of nothing is nothing, so that a run without requests meets no demand for answers. */
    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
