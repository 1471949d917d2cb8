package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.BreakerSettings;
import io.coapgate.gateway.upstream.EjectionSettings;
import io.coapgate.gateway.upstream.FailureSettings;
import io.coapgate.gateway.upstream.HealthSettings;
import java.time.Duration;
import java.util.Optional;

/** What an upstream's section says of failures: {@code health}, {@code ejection} and {@code breaker}. */
final class FailureSettingsReader {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private FailureSettingsReader() {}

    /** Empty after reporting a problem. */
    static Optional<FailureSettings> read(Section upstream) {
        Optional<EjectionSettings> ejection = ejection(upstream.section("ejection"));
        Optional<BreakerSettings> breaker = breaker(upstream.section("breaker"));
        Optional<HealthSettings> health =
                upstream.has("health") ? health(upstream.section("health")) : Optional.empty();
        return ejection.isPresent() && breaker.isPresent()
                ? Optional.of(new FailureSettings(health, ejection.get(), breaker.get()))
                : Optional.empty();
    }

    private static Optional<HealthSettings> health(Section section) {
        Duration interval = section.duration("interval");
        if (interval.compareTo(MIN_INTERVAL) < 0) {
            section.problem("interval", "must be 1s or more", "write, for example, 10s");
            return Optional.empty();
        }
        return positive(section, "timeout", "2s")
                .map(timeout -> new HealthSettings(
                        section.text("path"),
                        interval,
                        timeout,
                        section.integer("unhealthy-after"),
                        section.integer("healthy-after")));
    }

    private static Optional<EjectionSettings> ejection(Section section) {
        return positive(section, "for", "30s")
                .map(duration -> new EjectionSettings(section.integer("after"), duration));
    }

    private static Optional<BreakerSettings> breaker(Section section) {
        int window = section.integer("window");
        int minimum = section.integer("minimum");
        if (minimum > window) {
            section.problem(
                    "minimum", "is more than the window", "so many requests never count; make the window larger");
            return Optional.empty();
        }
        return positive(section, "open-for", "10s")
                .map(openFor -> new BreakerSettings(
                        section.flag("enabled"),
                        section.integer("failure-percent"),
                        window,
                        minimum,
                        openFor,
                        section.integer("probes")));
    }

    private static Optional<Duration> positive(Section section, String key, String example) {
        section.checkPositive(key, example);
        return section.isSound(key) ? Optional.of(section.duration(key)) : Optional.empty();
    }
}
