package io.coapgate.gateway.admin;

import io.coapgate.gateway.trust.IntrospectedTokens;
import io.prometheus.metrics.core.metrics.CounterWithCallback;

/** Shows how it goes with asking about opaque tokens. */
public final class IntrospectionMetrics {
    private IntrospectionMetrics() {}

    public static void show(Metrics metrics, IntrospectedTokens tokens) {
        CounterWithCallback.builder()
                .name("coapgate_introspections_total")
                .help("Questions about opaque tokens, by what came of them")
                .labelNames("outcome")
                .callback(shown -> tokens.tally().counts().forEach((outcome, count) -> shown.call(count, outcome)))
                .register(metrics.registry());
        metrics.gauge("coapgate_opaque_tokens", "Opaque tokens that are remembered as active", tokens::count);
    }
}
