package io.coapgate.gateway.admin;

import io.coapgate.gateway.trust.KeySetStatistics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Map;
import java.util.function.Supplier;

/** Shows how it goes with the key sets that are had by URL. Series are as many as the configuration names issuers. */
public final class KeySetMetrics {
    private static final String ISSUER = "issuer";
    private static final double MILLIS_PER_SECOND = 1e3;

    private KeySetMetrics() {}

    /** @param statistics by issuer; must answer at once, from any thread */
    public static void show(Metrics metrics, Supplier<Map<String, KeySetStatistics>> statistics) {
        CounterWithCallback.builder()
                .name("coapgate_key_set_refreshes_total")
                .help("Requests for an issuer's key set, by what came of them")
                .labelNames(ISSUER, "outcome")
                .callback(shown -> statistics.get().forEach((issuer, one) -> {
                    shown.call((double) one.refreshed(), issuer, "refreshed");
                    one.failed().forEach((reason, count) -> shown.call((double) count, issuer, reason.code()));
                }))
                .register(metrics.registry());
        GaugeWithCallback.builder()
                .name("coapgate_key_set_age_seconds")
                .help("Time since an issuer's key set was had last")
                .labelNames(ISSUER)
                .callback(shown -> statistics
                        .get()
                        .forEach((issuer, one) -> one.age()
                                .ifPresent(age -> shown.call((double) age.toMillis() / MILLIS_PER_SECOND, issuer))))
                .register(metrics.registry());
        GaugeWithCallback.builder()
                .name("coapgate_key_set_keys")
                .help("Keys of an issuer's key set that count now")
                .labelNames(ISSUER)
                .callback(shown -> statistics.get().forEach((issuer, one) -> shown.call((double) one.keys(), issuer)))
                .register(metrics.registry());
    }
}
