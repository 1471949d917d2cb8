package io.coapgate.gateway.admin;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A counter with one label, whose values are those of an enum. Counting an expected value allocates nothing and looks up
 * no label. Thread-safe: its map is not changed after construction.
 */
final class EnumCounter<E extends Enum<E>> {
    private final Counter counter;
    private final Function<E, String> label;
    private final Map<E, CounterDataPoint> series;

    /**
     * Registers the counter.
     *
     * @param expected values that are shown as 0 from the start, so that a rate sees the first one too
     */
    EnumCounter(
            Metrics metrics,
            String name,
            String help,
            String labelName,
            Class<E> type,
            Function<E, String> label,
            Set<E> expected) {
        this.counter = Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labelName)
                .withoutExemplars()
                .register(metrics.registry());
        this.label = label;
        this.series = new EnumMap<>(type);
        expected.forEach(value -> series.put(value, counter.labelValues(label.apply(value))));
    }

    void increment(E value) {
        CounterDataPoint known = series.get(value);
        if (known == null) {
            counter.labelValues(label.apply(value)).inc();
        } else {
            known.inc();
        }
    }
}
