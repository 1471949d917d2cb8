package io.coapgate.gateway.admin;

import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.issuing.IssuedToken;
import io.prometheus.metrics.core.metrics.Counter;

/** Counts the tokens that the gateway's own authorization server issues. Thread-safe. */
public final class IssuanceCounters implements IssuanceListener {
    private final Counter issued;
    private final Counter oversized;

    public IssuanceCounters(Metrics metrics) {
        issued = counter(metrics, "coapgate_tokens_issued_total", "CWTs issued, by audience");
        oversized = counter(
                metrics,
                "coapgate_tokens_oversized_total",
                "CWTs issued that do not fit one datagram with what else the device is told, by audience");
    }

    /** The audiences are those of the configuration: the number of series has a bound. */
    private static Counter counter(Metrics metrics, String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames("audience")
                .withoutExemplars()
                .register(metrics.registry());
    }

    @Override
    public void issued(IssuedToken token) {
        issued.labelValues(token.audience()).inc();
        if (!token.fitsOneDatagram()) {
            oversized.labelValues(token.audience()).inc();
        }
    }
}
