package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Metric.Better;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Second.Traffic;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The figures that sum a run up. */
final class Metrics {
    private static final double NANOS = 1e9;

    private final RunRecord run;
    private final List<Second> seconds;

    private Metrics(RunRecord run) {
        this.run = run;
        this.seconds = run.timeline().seconds();
    }

    /** Always the same ones in the same order, so that two runs can be laid side by side. */
    static List<Metric> of(RunRecord run) {
        return new Metrics(run).all();
    }

    private List<Metric> all() {
        Quantiles latency = run.results().latency().quantiles();
        Quantiles connecting = run.results().connecting().quantiles();
        double known = run.results().latency().count() > 0 ? 1 : Double.NaN;
        double connected = run.results().connecting().count() > 0 ? 1 : Double.NaN;
        double answered = sum(second -> second.requests().answered());
        double failed = sum(second -> second.requests().failed());
        return List.of(
                new Metric("requests answered", answered, Unit.COUNT, Better.NEITHER),
                new Metric("answered per second", answered / plannedSeconds(), Unit.PER_SECOND, Better.HIGHER),
                new Metric("requests failed", failed, Unit.COUNT, Better.LOWER),
                new Metric("share that failed", failed / (answered + failed), Unit.SHARE, Better.LOWER),
                new Metric("latency p50", known * latency.p50(), Unit.MICROS, Better.LOWER),
                new Metric("latency p90", known * latency.p90(), Unit.MICROS, Better.LOWER),
                new Metric("latency p99", known * latency.p99(), Unit.MICROS, Better.LOWER),
                new Metric("latency p99.9", known * latency.p999(), Unit.MICROS, Better.LOWER),
                new Metric("latency max", known * latency.max(), Unit.MICROS, Better.LOWER),
                new Metric("connecting p50", connected * connecting.p50(), Unit.MICROS, Better.LOWER),
                new Metric("connecting p99", connected * connecting.p99(), Unit.MICROS, Better.LOWER),
                new Metric("handshakes", sum(second -> second.devices().handshakes()), Unit.COUNT, Better.LOWER),
                perRequest("bytes sent per request", Traffic::bytesOut, Unit.BYTES),
                perRequest("bytes received per request", Traffic::bytesIn, Unit.BYTES),
                perRequest("datagrams sent per request", Traffic::datagramsOut, Unit.DATAGRAMS),
                perRequest("datagrams received per request", Traffic::datagramsIn, Unit.DATAGRAMS),
                busy(
                        "CPU of the gateway",
                        second -> second.processors().gateway().orElse(Double.NaN)),
                busy("CPU of the simulator", second -> second.processors().simulator()));
    }

    private Metric perRequest(String name, ToLongFunction<Traffic> figure, Unit unit) {
        double answered = sum(second -> second.requests().answered());
        return new Metric(name, sum(second -> figure.applyAsLong(second.traffic())) / answered, unit, Better.LOWER);
    }

    /** On average over the seconds in which requests were under way. */
    private Metric busy(String name, ToDoubleFunction<Second> cores) {
        double mean = seconds.stream()
                .filter(Metrics::hasRequests)
                .mapToDouble(cores)
                .average()
                .orElse(Double.NaN);
        return new Metric(name, mean, Unit.CORES, Better.LOWER);
    }

    private double sum(ToLongFunction<Second> figure) {
        return seconds.stream().mapToLong(figure).sum();
    }

    /** Of load, without connecting, as the closing table counts; 0 / 0 is not a number, and shown as a dash. */
    private double plannedSeconds() {
        return run.timeline().planned().toNanos() / NANOS;
    }

    private static boolean hasRequests(Second second) {
        return second.requests().due()
                        + second.requests().sent()
                        + second.requests().answered()
                > 0;
    }
}
