package io.coapgate.gateway.admin;

import io.coapgate.gateway.oauth.ExchangeStatistics;
import io.coapgate.gateway.upstream.TokenExchangeName;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows what token exchanges tell of themselves, read at every scrape. Series are as many as the configuration names. */
public final class TokenExchangeGauges {
    private static final String EXCHANGE = "exchange";
    private static final String ISSUED = "issued";

    private final Metrics metrics;
    private final Supplier<Map<TokenExchangeName, ExchangeStatistics>> statistics;

    private TokenExchangeGauges(Metrics metrics, Supplier<Map<TokenExchangeName, ExchangeStatistics>> statistics) {
        this.metrics = metrics;
        this.statistics = statistics;
    }

    /** @param statistics must answer at once, from any thread */
    public static void show(Metrics metrics, Supplier<Map<TokenExchangeName, ExchangeStatistics>> statistics) {
        TokenExchangeGauges gauges = new TokenExchangeGauges(metrics, statistics);
        gauges.outcomes();
        gauges.gauge("exchanges_in_flight", "Token requests under way", ExchangeStatistics::running);
        gauges.gauge("exchanges_queued", "Token requests that wait for their turn", ExchangeStatistics::waiting);
        gauges.gauge(
                "exchange_tokens_cached", "Tokens of OAuth servers kept for use again", ExchangeStatistics::cached);
    }

    private void outcomes() {
        CounterWithCallback.builder()
                .name("coapgate_token_exchanges_total")
                .help("Tokens asked of OAuth servers: issued, or the reason why not")
                .labelNames(EXCHANGE, "outcome")
                .callback(shown -> statistics.get().forEach((name, one) -> {
                    shown.call((double) one.issued(), name.value(), ISSUED);
                    one.failures().forEach((reason, count) -> shown.call((double) count, name.value(), reason.code()));
                }))
                .register(metrics.registry());
    }

    private void gauge(String name, String help, ToDoubleFunction<ExchangeStatistics> value) {
        GaugeWithCallback.builder()
                .name("coapgate_token_" + name)
                .help(help)
                .labelNames(EXCHANGE)
                .callback(shown -> statistics
                        .get()
                        .forEach((exchange, one) -> shown.call(value.applyAsDouble(one), exchange.value())))
                .register(metrics.registry());
    }
}
