package io.coapgate.simulator.scenario;

import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Timeline.Mark;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * Measures a run, or a part of it, of which the worst second's percentile counts.
 *
 * @param reasons of the errors that count
 */
record Measure(Metric metric, Reasons reasons, Window window) {
    /** What devices are called that were taken out of the registry. */
    static final String REMOVED = "removed";

    private static final double MICROS = 1e6;

    double of(RunRecord run) {
        List<Second> seconds = window.of(run);
        return switch (metric) {
            case P50 -> quantile(run, seconds, Quantiles::p50);
            case P90 -> quantile(run, seconds, Quantiles::p90);
            case P99 -> quantile(run, seconds, Quantiles::p99);
            case P999 -> quantile(run, seconds, Quantiles::p999);
            case MAX -> quantile(run, seconds, Quantiles::max);
            case ERRORS ->
                sum(seconds, second -> reasons.count(second.requests().errors()));
            case HANDSHAKES -> sum(seconds, second -> second.devices().handshakes());
            case TOKENS -> sum(seconds, second -> second.devices().tokens());
            case REVOCATION -> revocation(run);
            case CONNECTED -> run.results().connecting().count();
            case GOODPUT ->
                // In a part of a run, answers to what was due before it may come.
                Math.min(1, ratio(answered(seconds), (double)
                        sum(seconds, second -> second.requests().due())));
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

    /** From the removal to the last request of these devices that was accepted; nothing if none was. */
    private static double revocation(RunRecord run) {
        OptionalDouble removed = time(run, Event.Kind.DEVICES_REMOVED.toString());
        OptionalDouble accepted = time(run, Mark.lastAccepted(REMOVED));
        return removed.isPresent() && accepted.isPresent()
                ? Math.max(0, accepted.getAsDouble() - removed.getAsDouble()) * MICROS
                : 0;
    }

    private static OptionalDouble time(RunRecord run, String mark) {
        return run.timeline().marks().stream()
                .filter(candidate -> candidate.text().equals(mark))
                .mapToDouble(Mark::t)
                .reduce((first, next) -> mark.equals(Mark.lastAccepted(REMOVED)) ? next : first);
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
    private static double ratio(long part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
