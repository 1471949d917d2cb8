package io.coapgate.gateway;

import io.coapgate.gateway.admin.HealthCheck;
import io.coapgate.gateway.admin.HttpListenerSettings;
import io.coapgate.gateway.admin.HttpListeners;
import io.coapgate.gateway.admin.IntrospectionMetrics;
import io.coapgate.gateway.admin.IssuerMetadata;
import io.coapgate.gateway.admin.KeySetMetrics;
import io.coapgate.gateway.admin.Metrics;
import io.coapgate.gateway.admin.OAuthService;
import io.coapgate.gateway.admin.Operations;
import io.coapgate.gateway.admin.PublicDocuments;
import io.coapgate.gateway.admin.UpstreamGauges;
import io.coapgate.gateway.config.DevicesReloader;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.dtls.DtlsListener;
import io.coapgate.gateway.dtls.DtlsStatistics;
import io.coapgate.gateway.exchange.InFlightLimiter;
import io.coapgate.gateway.token.TokenHandshakes;
import io.coapgate.gateway.upstream.Upstreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** What services and operators see over HTTP, and the gauges of the parts that are assembled here. */
final class OperatorEdge {
    private static final int MAX_HTTP_CONNECTIONS = 256;
    private static final Duration HTTP_IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final Metrics metrics;

    OperatorEdge(Metrics metrics) {
        this.metrics = metrics;
    }

    void gauges(
            Listeners listeners,
            TokenServices tokens,
            Upstreams upstreams,
            InFlightLimiter limiter,
            GatewayThreads threads,
            DevicesReloader devices) {
        metrics.gauge("coapgate_sessions", "DTLS sessions held", sum(listeners, DtlsStatistics::connections));
        metrics.gauge("coapgate_session_capacity", "DTLS sessions that fit", sum(listeners, DtlsStatistics::capacity));
        metrics.gauge(
                "coapgate_half_open_handshakes", "Handshakes under way", sum(listeners, DtlsStatistics::halfOpen));
        metrics.gauge("coapgate_requests_in_flight", "Requests under way", limiter::inFlight);
        UpstreamGauges.show(metrics, upstreams::statistics);
        metrics.gauge("coapgate_sessions_with_tokens", "Sessions that hold a CWT", tokens.sessions()::sessions);
        metrics.gauge("coapgate_jwts_cached", "JWTs kept for use again", tokens.exchange()::size);
        tokens.external().opaque().ifPresent(opaque -> IntrospectionMetrics.show(metrics, opaque));
        metrics.gauge(
                "coapgate_tokens_with_exi",
                "CWTs that live from their arrival on, and have not ended",
                () -> tokens.arriving().live());
        KeySetMetrics.show(metrics, tokens.external().keySets()::statistics);
        metrics.gauge("coapgate_signatures_queued", "Signatures that wait for a thread", threads::queuedSignatures);
        metrics.gauge("coapgate_devices", "Devices enrolled", devices.registry()::size);
        metrics.gauge(
                "coapgate_registry_reload_succeeded",
                "1 if devices.yaml was good when it was last read",
                () -> devices.lastReload().succeeded() ? 1 : 0);
    }

    void gauges(TokenHandshakes handshakes, UploadPorts uploads) {
        metrics.gauge("coapgate_tokens_for_handshakes", "CWTs kept for handshakes", handshakes::waiting);
        metrics.gauge(
                "coapgate_authz_info_datagrams_dropped",
                "Datagrams to the plain ports that were not looked at, since the start",
                uploads::dropped);
    }

    void gauge(String name, String help, DoubleSupplier value) {
        metrics.gauge(name, help, value);
    }

    private static DoubleSupplier sum(Listeners listeners, ToDoubleFunction<DtlsStatistics> number) {
        return () -> listeners.byName().values().stream()
                .map(DtlsListener::statistics)
                .mapToDouble(number)
                .sum();
    }

    /** Binds both HTTP listeners; ready as long as no drain has begun. */
    HttpListeners open(
            GatewayConfig config,
            TokenServices tokens,
            Optional<OAuthService> oauth,
            InFlightLimiter limiter,
            Clock clock)
            throws IOException {
        String issuer = config.jwt().settings().issuer();
        IssuerMetadata metadata = new IssuerMetadata(
                issuer,
                URI.create(stripSlash(issuer) + PublicDocuments.KEYS_PATH),
                List.of("client_credentials"),
                oauth.map(on -> URI.create(HttpIssuing.tokenEndpoint(issuer))));
        return HttpListeners.start(
                settings(config.http().publicAddress()),
                new PublicDocuments(
                        () -> tokens.keys().get().published(),
                        tokens.issuing().map(issuing -> issuing.ring()::published),
                        PublicDocuments.KEYS_MAX_AGE,
                        metadata,
                        oauth),
                settings(config.http().adminAddress()),
                new Operations(List.of(new HealthCheck("accepting-requests", limiter::isOpen)), metrics),
                clock);
    }

    private static String stripSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static HttpListenerSettings settings(InetSocketAddress address) {
        return new HttpListenerSettings(address, MAX_HTTP_CONNECTIONS, HTTP_IDLE_TIMEOUT);
    }
}
