package io.coapgate.gateway.oauth;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.token.ExternalExchange;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.TlsSource;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Token exchanges against servers of a test's own, and what is needed to make them. */
final class Exchanges implements AutoCloseable {
    static final String GATEWAY = "https://gateway.example";
    static final Audience BACKEND = new Audience("https://backend.example");
    static final TokenExchangeName CORPORATE = new TokenExchangeName("corporate");
    static final JwtSigningKey KEY = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
    static final OAuthClient CLIENT = client("coapgate", "canary secret/+");
    static final MessageSettings PLAIN = message(AudienceParameter.AUDIENCE, "{scopes}", Map.of());
    static final AnswerSettings STRICT = new AnswerSettings(Map.of(), false);

    /** Generous: machines that test are slow. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ExecutorService signer = Executors.newFixedThreadPool(2);
    private final List<OAuthExchanges> opened = new ArrayList<>();

    OAuthTokenExchange open(OAuthSettings settings) {
        return open(settings, clock);
    }

    OAuthTokenExchange open(OAuthSettings settings, Clock time) {
        GatewaySigner gateway = new GatewaySigner(GATEWAY, () -> KEY, signer);
        OAuthExchanges all = OAuthExchanges.open(List.of(settings), gateway, time, 100_000);
        opened.add(all);
        return Objects.requireNonNull(all.byName().get(settings.name()));
    }

    static OAuthClient client(String id, String secret) {
        return new OAuthClient(id, SecretBytes.copyOf(secret.getBytes(StandardCharsets.UTF_8)));
    }

    static ServerSettings at(URI tokenEndpoint) {
        return at(tokenEndpoint, TIMEOUT, 16, 1024);
    }

    static ServerSettings at(URI tokenEndpoint, Duration timeout, int maxConcurrent, int maxQueued) {
        return new ServerSettings(
                Optional.empty(), Optional.of(tokenEndpoint), TlsSource.JDK, timeout, maxConcurrent, maxQueued);
    }

    static ServerSettings of(URI issuer) {
        return new ServerSettings(Optional.of(issuer), Optional.empty(), TlsSource.JDK, TIMEOUT, 16, 1024);
    }

    static MessageSettings message(AudienceParameter audience, String scope, Map<String, Template> parameters) {
        return new MessageSettings(false, false, Optional.empty(), audience, new Template(scope), parameters);
    }

    static ClientSettings basic() {
        return new ClientSettings.WithSecret(CLIENT, ClientSettings.SecretMethod.BASIC);
    }

    static OAuthSettings settings(Grant grant, ServerSettings server) {
        return new OAuthSettings(CORPORATE, grant, server, basic(), PLAIN, STRICT);
    }

    static TokenRequest request(String device) {
        return request(device, Instant.MAX, Optional.empty());
    }

    static TokenRequest request(String device, Instant notAfter, Optional<OAuthClient> client) {
        return new TokenRequest(
                new DeviceId(device),
                new Tenant("acme"),
                BACKEND,
                ScopeSet.of("telemetry:write"),
                notAfter,
                Map.of("device_model", "m2"),
                new SessionKey.Symmetric(new PskIdentity("id"), SecretBytes.copyOf(new byte[16])),
                Optional.of(new ExternalExchange(CORPORATE, client)));
    }

    static BearerToken token(OAuthTokenExchange exchange, TokenRequest request) throws Exception {
        return exchange.exchange(request).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    static TokenExchangeException failure(OAuthTokenExchange exchange, TokenRequest request) {
        try {
            exchange.exchange(request)
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TokenExchangeException failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("there is a token");
    }

    @Override
    public void close() {
        opened.forEach(each -> each.close()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
        signer.shutdownNow();
    }
}
