package io.coapgate.gateway.admin;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.CacheUse;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Counts what happens to devices; never which device, path or token it was. Thread-safe, free of locks and allocation. */
public final class MetricsListener implements ExchangeListener {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };
    private static final Set<Refusal> OF_HANDSHAKES =
            EnumSet.range(Refusal.CREDENTIAL_UNKNOWN, Refusal.DEVICE_DISABLED);
    private static final Set<Refusal> OF_TOKENS =
            EnumSet.range(Refusal.TOKEN_MALFORMED, Refusal.TOKEN_INTROSPECTION_FAILED);
    private static final Set<Refusal> OF_REQUESTS = EnumSet.complementOf(EnumSet.copyOf(OF_HANDSHAKES));

    private final EnumCounter<CoapCode> requests;
    private final EnumCounter<Refusal> refusals;
    private final EnumCounter<Refusal> refusedTokens;
    private final EnumCounter<Refusal> refusedHandshakes;
    private final CounterDataPoint acceptedTokens;
    private final EnumCounter<Handshake> handshakes;
    private final ObservationCounters observations;
    private final UpstreamCounters upstreams;
    private final EnumCounter<CacheUse> cacheUses;
    private final Histogram duration;

    private enum Handshake {
        ACCEPTED,
        REFUSED;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param upstreams those of the configuration */
    public MetricsListener(Metrics metrics, Set<UpstreamName> upstreams) {
        this.observations = new ObservationCounters(metrics);
        this.upstreams = new UpstreamCounters(metrics, upstreams);
        requests = new EnumCounter<>(
                metrics,
                "coapgate_requests_total",
                "Requests answered, by CoAP response code",
                "code",
                CoapCode.class,
                CoapCode::toString,
                EnumSet.allOf(CoapCode.class));
        refusals = refused(
                metrics, "coapgate_refusals_total", "Requests that the gateway itself refused, by reason", OF_REQUESTS);
        refusedTokens = refused(metrics, "coapgate_tokens_refused_total", "CWTs refused, by reason", OF_TOKENS);
        refusedHandshakes = refused(
                metrics, "coapgate_handshakes_refused_total", "DTLS handshakes refused, by reason", OF_HANDSHAKES);
        acceptedTokens = counter(metrics, "coapgate_tokens_accepted_total", "CWTs accepted for a session");
        handshakes = new EnumCounter<>(
                metrics,
                "coapgate_handshakes_total",
                "DTLS handshakes, by whether they authenticated a device",
                "result",
                Handshake.class,
                Handshake::label,
                EnumSet.allOf(Handshake.class));
        cacheUses = new EnumCounter<>(
                metrics,
                "coapgate_cache_lookups_total",
                "Requests that the cache might answer, by what it was good for",
                "result",
                CacheUse.class,
                CacheUse::code,
                EnumSet.allOf(CacheUse.class));
        duration = Histogram.builder()
                .name("coapgate_request_duration_seconds")
                .help("Time from a request's arrival to its answer")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .register(metrics.registry());
    }

    private static EnumCounter<Refusal> refused(Metrics metrics, String name, String help, Set<Refusal> expected) {
        return new EnumCounter<>(metrics, name, help, "reason", Refusal.class, Refusal::code, expected);
    }

    private static Counter counter(Metrics metrics, String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(metrics.registry());
    }

    @Override
    public void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {
        requests.increment(response.code());
        if (response.refusal().isPresent()) {
            refusals.increment(response.refusal().get());
        }
        duration.observe(elapsed.toNanos() / NANOS_PER_SECOND);
    }

    @Override
    public void refusedUnread(DeviceId device, Refusal reason) {
        requests.increment(Refusals.response(reason).code());
        refusals.increment(reason);
    }

    @Override
    public void upstreamAnswered(UpstreamName upstream, int status) {
        upstreams.answered(upstream, status);
    }

    @Override
    public void upstreamFailed(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {
        upstreams.failed(upstream, reason);
    }

    @Override
    public void observationBegan(DeviceId device) {
        observations.began();
    }

    @Override
    public void observationDeclined(DeviceId device) {
        observations.declined();
    }

    @Override
    public void observationEnded(DeviceId device, ObservationEnd reason) {
        observations.ended(reason);
    }

    @Override
    public void notified(DeviceId device, boolean confirmable) {
        observations.notified(confirmable);
    }

    @Override
    public void cacheUsed(UpstreamName upstream, CacheUse use) {
        cacheUses.increment(use);
    }

    @Override
    public void tokenAccepted(DeviceId device, String issuer) {
        acceptedTokens.inc();
    }

    @Override
    public void tokenRefused(DeviceId device, Refusal reason) {
        refusedTokens.increment(reason);
    }

    @Override
    public void uploadRefused(InetSocketAddress peer, Refusal reason) {
        refusedTokens.increment(reason);
    }

    @Override
    public void connected(DeviceId device) {
        handshakes.increment(Handshake.ACCEPTED);
    }

    @Override
    public void handshakeRefused(String credential, Refusal reason) {
        handshakes.increment(Handshake.REFUSED);
        refusedHandshakes.increment(reason);
    }
}
