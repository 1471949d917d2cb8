package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.crypto.jose.JwtVerifier;
import io.coapgate.gateway.admin.HttpListenerSettings;
import io.coapgate.gateway.admin.HttpListeners;
import io.coapgate.gateway.admin.IssuerMetadata;
import io.coapgate.gateway.admin.Metrics;
import io.coapgate.gateway.admin.Operations;
import io.coapgate.gateway.admin.PublicDocuments;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuerKeyReloader;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.keys.ClockJumps;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyUse;
import io.coapgate.gateway.token.LocalTokenExchange;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SigningKeySet;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways that share a state directory, and services that keep the key set for as long as they may, by a clock that the
 * test holds: over several rotations no service meets a key that it can't find.
 */
class KeyRotationOverHttpTest {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final JwtPolicy POLICY =
            new JwtPolicy("https://gateway.example", "https://backend.example", Duration.ZERO);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T08:00:00Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final GatewayConfig config;
    private final Instance one;
    private final Instance other;

    KeyRotationOverHttpTest(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                state: state
                listeners: [{name: psk, address: 127.0.0.1, port: 0, credentials: [psk]}]
                upstreams: {backend: {url: "http://127.0.0.1:9000"}}
                routes: [{path: /t, upstream: backend, audience: "https://backend.example", methods: {GET: [t]}}]
                jwt: {lifetime: 5m}
                issuer-keys: {rotate-every: 1h, publish-first: 6m}
                """);
        config = new ConfigLoader(Map.of()).load(file);
        one = new Instance();
        other = new Instance();
    }

    @AfterEach
    void close() throws Exception {
        one.close();
        other.close();
    }

    /** What of a gateway matters here. */
    private final class Instance {
        private final IssuerKeyReloader reloader;
        private final HttpListeners listeners;
        private volatile SigningKeySet keys;

        Instance() throws Exception {
            IssuerKeyStore store = IssuerKeyStore.of(config, clock, new SecureRandom());
            ClockJumps jumps =
                    new ClockJumps(clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()), Duration.ofMinutes(6));
            reloader = IssuerKeyReloader.open(store, jumps, this::take);
            keys = read(reloader.rings());
            HttpListenerSettings settings = new HttpListenerSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8, Duration.ofMinutes(1));
            URI keysUri = URI.create("https://gateway.example/.well-known/jwks.json");
            listeners = HttpListeners.start(
                    settings,
                    new PublicDocuments(
                            () -> keys.published(),
                            Optional.empty(),
                            PublicDocuments.KEYS_MAX_AGE,
                            new IssuerMetadata("https://gateway.example", keysUri, List.of())),
                    settings,
                    new Operations(List.of(), new Metrics()),
                    clock);
        }

        private void take(KeyRings rings) {
            keys = read(rings);
        }

        private static SigningKeySet read(KeyRings rings) {
            try {
                return SigningKeySet.of(rings.of(KeyUse.JWT).orElseThrow());
            } catch (io.coapgate.crypto.key.KeyFormatException e) {
                throw new IllegalStateException(e);
            }
        }

        void look() {
            if (reloader.isStale()) {
                reloader.follow();
            }
        }

        BearerToken token() {
            var psk = Devices.psk("sensor-1", io.coapgate.gateway.device.Validity.ALWAYS);
            TokenRequest request = new TokenRequest(
                    new DeviceId("d1"),
                    new Tenant("acme"),
                    new Audience("https://backend.example"),
                    ScopeSet.of("t"),
                    Instant.MAX,
                    Map.of(),
                    new SessionKey.Symmetric(psk.identity(), psk.key()));
            return new LocalTokenExchange(() -> keys, config.jwt().settings(), clock, new SecureRandom(), Runnable::run)
                    .exchange(request)
                    .toCompletableFuture()
                    .join();
        }

        void close() throws Exception {
            listeners.close().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    /** Asks for the key set only when it must, and either gateway by turns. */
    private final class Service {
        private JwkSet keys = JwkSet.of(List.of());
        private Instant fresh = Instant.MIN;
        private int fetches;

        void verify(BearerToken token) throws Exception {
            if (!clock.instant().isBefore(fresh)) {
                fetch();
            }
            String compact = token.authorization().substring("Bearer ".length());
            new JwtVerifier(() -> keys, POLICY, clock).verify(compact);
        }

        private void fetch() throws Exception {
            Instance gateway = fetches++ % 2 == 0 ? one : other;
            URI uri = URI.create(
                    "http://127.0.0.1:" + gateway.listeners.publicAddress().getPort() + PublicDocuments.KEYS_PATH);
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            keys = JwkSet.parse(response.body());
            String caching = response.headers().firstValue("cache-control").orElseThrow();
            long maxAge = Long.parseLong(caching.substring(caching.indexOf("max-age=") + "max-age=".length()));
            fresh = clock.instant().plusSeconds(maxAge);
        }
    }

    @Test
    void noServiceMeetsAKeyThatItCannotFind() throws Exception {
        List<Service> services = List.of(new Service(), new Service(), new Service());
        Deque<BearerToken> live = new ArrayDeque<>();
        Set<String> keysUsed = new HashSet<>();
        for (int step = 0; step < 420; step++) { // three hours and a half
            one.look();
            live.add(one.token());
            live.add(other.token()); // which has not looked yet: it signs with an old key for up to a step
            other.look();
            keysUsed.add(other.keys.current().keyId());
            for (int i = 0; i < services.size(); i++) {
                if (step >= i * 3) { // each has its own time to ask
                    services.get(i).verify(live.getFirst());
                    services.get(i).verify(live.getLast());
                }
            }
            assertThat(one.keys.published().keys()).hasSizeBetween(2, 3);
            clock.advance(STEP);
            live.removeIf(token -> !clock.instant().isBefore(token.expiresAt()));
        }
        assertThat(keysUsed).hasSize(4);
    }
}
