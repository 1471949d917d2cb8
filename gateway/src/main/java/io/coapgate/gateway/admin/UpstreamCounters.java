package io.coapgate.gateway.admin;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts what upstreams answer and how they fail, a series for each upstream of the configuration; others are not
 * counted. Thread-safe, free of locks and allocation: nothing here is changed after construction.
 */
final class UpstreamCounters {
    private static final Set<Refusal> FAILURES =
            EnumSet.range(Refusal.UPSTREAM_UNREACHABLE, Refusal.UPSTREAM_REJECTED_TOKEN);
    private static final int HUNDRED = 100;
    private static final int FIRST_CLASS = 2;
    private static final int LAST_CLASS = 5;

    private final Map<UpstreamName, CounterDataPoint[]> answers = new HashMap<>();
    private final Map<UpstreamName, Map<Refusal, CounterDataPoint>> failures = new HashMap<>();

    UpstreamCounters(Metrics metrics, Set<UpstreamName> upstreams) {
        Counter answered = counter(
                metrics, "coapgate_upstream_responses_total", "HTTP responses, by class of status code", "status");
        Counter failed = counter(
                metrics, "coapgate_upstream_failures_total", "Requests without a usable HTTP response", "reason");
        for (UpstreamName upstream : upstreams) {
            CounterDataPoint[] byClass = new CounterDataPoint[LAST_CLASS - FIRST_CLASS + 1];
            for (int i = 0; i < byClass.length; i++) {
                byClass[i] = answered.labelValues(upstream.value(), (FIRST_CLASS + i) + "xx");
            }
            answers.put(upstream, byClass);
            Map<Refusal, CounterDataPoint> byReason = new EnumMap<>(Refusal.class);
            FAILURES.forEach(reason -> byReason.put(reason, failed.labelValues(upstream.value(), reason.code())));
            failures.put(upstream, byReason);
        }
    }

    private static Counter counter(Metrics metrics, String name, String help, String label) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames("upstream", label)
                .withoutExemplars()
                .register(metrics.registry());
    }

    /** @param status 200 to 599 */
    void answered(UpstreamName upstream, int status) {
        CounterDataPoint[] byClass = answers.get(upstream);
        int index = status / HUNDRED - FIRST_CLASS;
        if (byClass != null && index >= 0 && index < byClass.length) {
            byClass[index].inc();
        }
    }

    void failed(UpstreamName upstream, Refusal reason) {
        CounterDataPoint known = failures.getOrDefault(upstream, Map.of()).get(reason);
        if (known != null) {
            known.inc();
        }
    }
}
