package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.token.MutableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A gateway whose devices come with the tokens of an authorization server of the test's own, {@code as}: handshakes by token
 * on both listeners, and a plain port for uploads. Its service answers {@code ok}, to {@code /temp/slow} only after {@link #release()}; under {@code /temp} the gateway wants
 * scope {@code read} for GET, which can be observed, and {@code write} for POST, under {@code /session} only a session with scope {@code read}.
 * Device {@code d1} is enrolled with a pre-shared key ({@code sensor-1}), {@code d3} with a raw public key.
 */
final class AceGateway implements AutoCloseable {
    static final String DERIVATION_KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String CIPHER_KEY = "101112131415161718191a1b1c1d1e1f";

    final KeyPair d3 = Devices.p256();
    private final KeyPair as = Devices.p256();
    private final Path directory;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer service;
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final MutableClock clock;
    private Gateway gateway;

    /**
     * @param issuer keys of the issuer, for example {@code devices: any}
     * @param listener keys of both listeners
     * @param cwt keys of that section
     */
    AceGateway(Path directory, String issuer, String listener, String cwt) throws Exception {
        this.directory = directory;
        this.clock = new MutableClock(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(handlers);
        service.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestURI().getPath().equals("/temp/slow")) {
                awaitRelease();
            }
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(UTF_8));
            exchange.close();
        });
        service.start();
        Files.writeString(directory.resolve("d3.pem"), Pem.encode(d3.getPublic()));
        Files.writeString(directory.resolve("as.pem"), Pem.encode(as.getPublic()));
        enrol("d1", "d3");
        Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], access-tokens: true, %1$s, %2$s}
                  - {name: rpk, address: 127.0.0.1, port: 0, credentials: [rpk], access-tokens: true, %1$s}
                cwt:
                  %3$s
                  issuers:
                    - issuer: as
                      %4$s
                      derivation-key: hex:%5$s
                      keys:
                        - {kid: s1, algorithm: ES256, public-key: as.pem}
                        - {kid: e1, algorithm: AES-CCM-16-64-128, secret: "hex:%6$s"}
                upstreams:
                  backend: {url: "http://127.0.0.1:%7$d"}
                routes:
                  - path: /temp/**
                    upstream: backend
                    audience: https://backend.example
                    authenticate: token
                    methods: {GET: [read], POST: [write]}
                    observe: {interval: 1h, refresh: 2h}
                    response-timeout: 50s
                  - path: /session
                    upstream: backend
                    audience: https://backend.example
                    authenticate: session
                    methods: {GET: [read]}
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(
                        PskGateway.PATIENT,
                        listener,
                        cwt.isEmpty() ? "leeway: 30s" : cwt,
                        issuer,
                        DERIVATION_KEY,
                        CIPHER_KEY,
                        service.getAddress().getPort()));
        gateway = start();
    }

    static AceGateway of(Path directory, String issuer) throws Exception {
        return new AceGateway(directory, issuer, "authz-info: {port: 0, uploads-per-minute-and-address: 1000}", "");
    }

    private void awaitRelease() {
        try {
            slow.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what waits under {@code /temp/slow} be answered. */
    void release() {
        slow.countDown();
    }

    private Gateway start() throws Exception {
        return Gateway.start(new ConfigLoader(Map.of()).load(directory.resolve("gateway.yaml")), Map.of(), clock);
    }

    /** As after a crash: what the state directory has is all that is left. */
    void restart() throws Exception {
        gateway.close();
        gateway = start();
    }

    /** The only devices that are enrolled, from now on. */
    void enrol(String... devices) throws Exception {
        StringBuilder yaml = new StringBuilder("devices:\n");
        for (String device : devices) {
            yaml.append(
                    device.equals("d3")
                            ? "  - {id: d3, tenant: acme, scopes: [read], credentials: [{rpk: {public-key: \"file:d3.pem\"}}]}\n"
                            : "  - {id: %s, tenant: acme, scopes: [read], credentials: [{psk: {identity: sensor-1, key: \"%s\"}}]}\n"
                                    .formatted(device, PskGateway.KEY));
        }
        Path fresh = Files.writeString(directory.resolve("devices.new"), yaml);
        Files.move(fresh, directory.resolve("devices.yaml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of a token for ten minutes, with this scope. */
    CwtClaims.Builder claims(String subject, String scope) {
        return CwtClaims.builder()
                .subject(subject)
                .audience("coapgate")
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofMinutes(10)))
                .scope(scope);
    }

    byte[] signed(CwtClaims claims) {
        try {
            return new CwtIssuer(
                            "as",
                            SigningKey.of(CoseAlgorithm.ES256, as.getPrivate()).withKeyId(KeyId.ofUtf8("s1")))
                    .issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] encrypted(CwtClaims claims) {
        try {
            EncryptionKey key = EncryptionKey.of(
                            CoseAlgorithm.AES_CCM_16_64_128,
                            SecretBytes.copyOf(java.util.HexFormat.of().parseHex(CIPHER_KEY)))
                    .withKeyId(KeyId.ofUtf8("e1"));
            return CwtIssuer.encrypting("as", key, new SecureRandom()).issue(claims);
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static Confirmation key(PublicKey key) {
        try {
            return Confirmation.of(CoseKey.ofPublicKey(key));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static Confirmation key(String kid, String secret) {
        return Confirmation.of(
                CoseKey.ofSecret(SecretBytes.copyOf(secret.getBytes(UTF_8))).withKeyId(KeyId.ofUtf8(kid)));
    }

    static Confirmation kid(String kid) {
        return Confirmation.of(KeyId.ofUtf8(kid));
    }

    MutableClock clock() {
        return clock;
    }

    InetSocketAddress coaps(String listener) {
        return Objects.requireNonNull(gateway.addresses().coaps().get(listener));
    }

    InetSocketAddress authzInfo() {
        return Objects.requireNonNull(gateway.addresses().authzInfo().get("psk"));
    }

    List<String> authorizations() {
        return authorizations;
    }

    String metrics() throws Exception {
        InetSocketAddress admin =
                Objects.requireNonNull(gateway.addresses().http().get("admin"));
        URI uri = URI.create("http://127.0.0.1:" + admin.getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** Waits until /metrics has this line. */
    void awaitMetric(String line) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Assertions.assertThat(metrics().lines()).contains(line));
    }

    /** Waits until /metrics has counted a handshake that was refused for this reason. */
    void awaitRefusedHandshake(String reason) {
        String prefix = "coapgate_handshakes_refused_total{reason=\"" + reason + "\"} ";
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Assertions.assertThat(metrics().lines())
                        .anyMatch(line -> line.startsWith(prefix) && !line.equals(prefix + "0.0")));
    }

    @Override
    public void close() {
        release();
        gateway.close();
        service.stop(0);
        handlers.shutdownNow();
    }
}
