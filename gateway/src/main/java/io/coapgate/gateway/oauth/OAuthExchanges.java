package io.coapgate.gateway.oauth;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.upstream.ConnectionSettings;
import io.coapgate.gateway.upstream.HttpVersion;
import io.coapgate.gateway.upstream.TokenExchangeName;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebClients;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Every configured way to an OAuth server. Thread-safe. */
public final class OAuthExchanges {
    /** Metadata documents of large servers have some 10 KiB. */
    private static final int MAX_RESPONSE_BYTES = 64 * 1024;

    private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(2);

    private final Optional<WebClients> http;
    private final Map<TokenExchangeName, OAuthTokenExchange> byName;

    private OAuthExchanges(Optional<WebClients> http, Map<TokenExchangeName, OAuthTokenExchange> byName) {
        this.http = http;
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Nothing is asked before the first token is wanted. Without any settings no thread is started.
     *
     * @param maxTokens that each keeps
     */
    public static OAuthExchanges open(List<OAuthSettings> all, GatewaySigner signer, Clock clock, int maxTokens) {
        if (all.isEmpty()) {
            return new OAuthExchanges(Optional.empty(), Map.of());
        }
        WebClients http = WebClients.open();
        Map<TokenExchangeName, OAuthTokenExchange> byName = new LinkedHashMap<>();
        all.forEach(one -> byName.put(one.name(), exchange(one, http, signer, clock, maxTokens)));
        return new OAuthExchanges(Optional.of(http), byName);
    }

    private static OAuthTokenExchange exchange(
            OAuthSettings settings, WebClients clients, GatewaySigner signer, Clock clock, int maxTokens) {
        ServerSettings server = settings.server();
        SecureRandom random = new SecureRandom();
        WebClient http = clients.client(new UpstreamName(settings.name().value()), connections(server), server.tls());
        Assertions assertions = new Assertions(signer.issuer(), signer.key(), clock, random);
        TokenServer asked = new TokenServer(
                endpoints(settings, http, clock),
                new TokenMessages(settings, assertions),
                new AnswerReader(settings.answer(), !(settings.client() instanceof ClientSettings.OfDevice)),
                http,
                clock,
                signer.executor());
        BackOff backOff = new BackOff(settings.name().value(), clock, random);
        return new OAuthTokenExchange(settings, asked, new Bottleneck(server, backOff, clock), clock, maxTokens);
    }

    private static Endpoints endpoints(OAuthSettings settings, WebClient http, Clock clock) {
        ServerSettings server = settings.server();
        boolean certificate = settings.client() instanceof ClientSettings.WithCertificate;
        Optional<String> audience = settings.message().assertionAudience();
        if (server.tokenEndpoint().isPresent()) {
            String url = server.tokenEndpoint().get().toString();
            return Endpoints.fixed(new Endpoint(server.tokenEndpoint().get(), audience.orElse(url)));
        }
        URI issuer = server.issuer().orElseThrow();
        MetadataReader reader = new MetadataReader(issuer, audience, certificate);
        return new Discovery(issuer, reader, server.timeout(), http, clock);
    }

    /** A connection for each request at once: those that wait do so here, not in the pool. */
    private static ConnectionSettings connections(ServerSettings server) {
        Duration connect = server.timeout().compareTo(MAX_CONNECT_TIME) < 0 ? server.timeout() : MAX_CONNECT_TIME;
        int most = server.maxConcurrent();
        return new ConnectionSettings(HttpVersion.HTTP_1_1, most, 1, most, connect, MAX_RESPONSE_BYTES);
    }

    /** In the order of the configuration. */
    public Map<TokenExchangeName, OAuthTokenExchange> byName() {
        return byName;
    }

    /** What each is doing, for operators. */
    public Map<TokenExchangeName, ExchangeStatistics> statistics() {
        Map<TokenExchangeName, ExchangeStatistics> statistics = new LinkedHashMap<>();
        byName.forEach((name, exchange) -> statistics.put(name, exchange.statistics()));
        return statistics;
    }

    /** Fails what is still under way. May be called again. */
    public CompletionStage<Void> close() {
        return http.isPresent() ? http.get().close() : completedFuture(null);
    }
}
