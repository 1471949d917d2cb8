package io.coapgate.gateway.admin;

import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamStatistics;
import io.coapgate.gateway.upstream.UpstreamStatistics.BreakerState;
import io.coapgate.gateway.upstream.UpstreamStatistics.Responses;
import io.coapgate.gateway.upstream.UpstreamStatistics.TargetState;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/**
 * Shows what upstreams tell of themselves, read at every scrape: their load, their targets, their breakers, and how long
 * their responses take. Series are as many as the configuration names upstreams and targets.
 */
public final class UpstreamGauges {
    private static final String UPSTREAM = "upstream";
    private static final String STATE = "state";
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<Double> UPPER_BOUNDS = DoubleStream.concat(
                    UpstreamStatistics.BUCKET_MILLIS.stream()
                            .mapToDouble(millis -> (double) millis / MILLIS_PER_SECOND),
                    DoubleStream.of(Double.POSITIVE_INFINITY))
            .boxed()
            .toList();

    private final Metrics metrics;
    private final Supplier<Map<UpstreamName, UpstreamStatistics>> statistics;

    private UpstreamGauges(Metrics metrics, Supplier<Map<UpstreamName, UpstreamStatistics>> statistics) {
        this.metrics = metrics;
        this.statistics = statistics;
    }

    /** @param statistics must answer at once, from any thread */
    public static void show(Metrics metrics, Supplier<Map<UpstreamName, UpstreamStatistics>> statistics) {
        UpstreamGauges gauges = new UpstreamGauges(metrics, statistics);
        gauges.inFlight();
        gauges.targetStates();
        gauges.breakerStates();
        gauges.total("ejections_total", "Targets that got no requests for a while", UpstreamStatistics::ejections);
        gauges.total("retries_total", "Requests sent to a second target", UpstreamStatistics::retries);
        metrics.registry().register(gauges::responseTimes);
    }

    private void inFlight() {
        GaugeWithCallback.builder()
                .name("coapgate_upstream_requests_in_flight")
                .help("HTTP requests under way")
                .labelNames(UPSTREAM)
                .callback(shown -> statistics.get().forEach((name, one) -> shown.call(one.inFlight(), name.value())))
                .register(metrics.registry());
    }

    private void targetStates() {
        GaugeWithCallback.builder()
                .name("coapgate_upstream_target_state")
                .help("1 for the state in which a target is")
                .labelNames(UPSTREAM, "target", STATE)
                .callback(shown -> statistics
                        .get()
                        .forEach((name, one) -> one.targets().forEach((target, now) -> {
                            for (TargetState state : TargetState.values()) {
                                shown.call(state == now ? 1 : 0, name.value(), target, label(state));
                            }
                        })))
                .register(metrics.registry());
    }

    private void breakerStates() {
        GaugeWithCallback.builder()
                .name("coapgate_upstream_breaker_state")
                .help("1 for the state in which a circuit breaker is")
                .labelNames(UPSTREAM, STATE)
                .callback(shown -> statistics.get().forEach((name, one) -> {
                    for (BreakerState state : BreakerState.values()) {
                        shown.call(state == one.breaker() ? 1 : 0, name.value(), label(state));
                    }
                }))
                .register(metrics.registry());
    }

    private void total(String name, String help, ToLongFunction<UpstreamStatistics> count) {
        CounterWithCallback.builder()
                .name("coapgate_upstream_" + name)
                .help(help)
                .labelNames(UPSTREAM)
                .callback(shown -> statistics
                        .get()
                        .forEach((upstream, one) -> shown.call((double) count.applyAsLong(one), upstream.value())))
                .register(metrics.registry());
    }

    private HistogramSnapshot responseTimes() {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name("coapgate_upstream_response_seconds")
                .help("Time from a request's hand-over to the end of the HTTP response, retries included");
        statistics.get().forEach((name, one) -> histogram.dataPoint(dataPoint(name, one.responses())));
        return histogram.build();
    }

    private static HistogramDataPointSnapshot dataPoint(UpstreamName name, Responses responses) {
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of(UPSTREAM, name.value()))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(UPPER_BOUNDS, responses.counts()))
                .sum((double) responses.totalNanos() / NANOS_PER_SECOND)
                .build();
    }

    private static String label(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
