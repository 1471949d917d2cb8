package io.coapgate.gateway.admin;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.DoubleSupplier;

/**
 * Everything that is measured, the JVM included, for {@code /metrics}. Thread-safe.
 *
 * <p>Labels take their values from enums and from the configuration, never from what a peer sends: the number of series has a bound.
 */
public final class Metrics {
    private static final int OK = 200;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    public Metrics() {
        JvmCollectors.register(registry);
    }

    /**
     * Shows a number that is read at every scrape.
     *
     * @param name in Prometheus' style: {@code coapgate_}, what it is, its unit in plural
     * @param value must answer at once, from any thread; NaN is shown if it throws
     * @throws IllegalArgumentException if the name is taken
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(read(value)))
                .register(registry);
    }

    /** One broken gauge must not hide all the others. */
    private static double read(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    PrometheusRegistry registry() {
        return registry;
    }

    /** Prometheus' text format, or OpenMetrics for those who ask for it. */
    Page scrape(String accept) throws IOException {
        ExpositionFormatWriter preferred = formats.findWriter(accept);
        ExpositionFormatWriter writer = preferred.isAvailable() ? preferred : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
        writer.write(body, registry.scrape());
        return Page.of(OK, writer.getContentType(), body.toByteArray());
    }
}
