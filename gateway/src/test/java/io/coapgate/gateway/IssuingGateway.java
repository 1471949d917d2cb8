package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyRotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A gateway that is its own authorization server, with a service that answers {@code ok}. Under {@code /temp} it wants a
 * token: scope {@code read} for GET, which can be observed, {@code write} for POST. Devices {@code d1} ({@code sensor-1}), {@code d2} ({@code
 * sensor-2}) have a pre-shared key, {@code d3} and {@code d4} a raw public key, and {@code idle} ({@code sensor-9}) no scope.
 * Both listeners take tokens before the handshake, and the pre-shared keys' in it.
 */
public final class IssuingGateway implements AutoCloseable {
    public static final String KEY = PskGateway.KEY;

    private final KeyPair d3 = Devices.p256();
    private final KeyPair d4 = Devices.p256();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer service;
    private final GatewayConfig config;
    private final Gateway gateway;

    /** @param section of {@code authorization-server}, for example <code>{lifetime: 10m}</code>; empty for none */
    public IssuingGateway(Path directory, String section, Clock clock) throws Exception {
        this(directory, section, "", clock);
    }

    /** @param more sections of gateway.yaml */
    public IssuingGateway(Path directory, String section, String more, Clock clock) throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(UTF_8));
            exchange.close();
        });
        service.start();
        Files.writeString(directory.resolve("d3.pem"), Pem.encode(d3.getPublic()));
        Files.writeString(directory.resolve("d4.pem"), Pem.encode(d4.getPublic()));
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: d1, scopes: [read, write], credentials: [{psk: {identity: sensor-1, key: "%1$s"}}]}
                  - {id: d2, scopes: [read], credentials: [{psk: {identity: sensor-2, key: "%1$s"}}]}
                  - {id: d3, scopes: [read, write], credentials: [{rpk: {public-key: "file:d3.pem"}}]}
                  - {id: d4, scopes: [read], credentials: [{rpk: {public-key: "file:d4.pem"}}]}
                  - {id: idle, scopes: [], credentials: [{psk: {identity: sensor-9, key: "%1$s"}}]}
                """.formatted(KEY));
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], access-tokens: true, authz-info: {port: 0}, %1$s}
                  - {name: rpk, address: 127.0.0.1, port: 0, credentials: [rpk], access-tokens: true, %1$s}
                upstreams:
                  backend: {url: "http://127.0.0.1:%2$d"}
                routes:
                  - path: /temp/**
                    upstream: backend
                    audience: https://backend.example
                    authenticate: token
                    methods: {GET: [read], POST: [write]}
                    observe: {interval: 1h, refresh: 2h}
                http: {public: {port: 0}, admin: {port: 0}}
                %3$s
                %4$s
                """.formatted(
                        PskGateway.PATIENT,
                        service.getAddress().getPort(),
                        section.isEmpty() ? "" : "authorization-server: " + section,
                        more));
        config = new ConfigLoader(Map.of()).load(file);
        gateway = Gateway.start(config, Map.of(), clock);
    }

    PskClient psk(String identity) {
        return new PskClient(address("psk"), identity, KEY, 1024);
    }

    RpkClient rpk(String device) {
        return new RpkClient(address("rpk"), device.equals("d3") ? d3 : d4);
    }

    /** Of {@code d3} or {@code d4}. */
    KeyPair keys(String device) {
        return device.equals("d3") ? d3 : d4;
    }

    public InetSocketAddress address(String listener) {
        return Objects.requireNonNull(gateway.addresses().coaps().get(listener));
    }

    /** Where tokens are uploaded before the handshake. */
    public InetSocketAddress plainAddress(String listener) {
        return Objects.requireNonNull(gateway.addresses().authzInfo().get(listener));
    }

    /** What the service got as Authorization, request by request. */
    public List<String> authorizations() {
        return authorizations;
    }

    /** Rotates all keys at once, as a command in a process of its own does. */
    void rotateKeys() throws Exception {
        IssuerKeyStore store = IssuerKeyStore.of(config, Clock.systemUTC(), new SecureRandom());
        store.update(before -> {
            KeyRings after = before;
            for (KeyRotation one : store.rotations()) {
                after = after.with(one.promote(before.of(one.use()).orElseThrow(), store.now()));
            }
            return after;
        });
    }

    /** What resource servers verify CWTs with. */
    List<CoseKey> publishedCwtKeys() throws Exception {
        InetSocketAddress open =
                Objects.requireNonNull(gateway.addresses().http().get("public"));
        URI uri = URI.create("http://127.0.0.1:" + open.getPort() + "/.well-known/cose-keys");
        byte[] encoded = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                .body();
        return CoseKeySet.decodePublic(encoded, CoseKeySet.MAX_BYTES).keys();
    }

    /** What /metrics says. */
    public String metrics() throws Exception {
        InetSocketAddress admin =
                Objects.requireNonNull(gateway.addresses().http().get("admin"));
        URI uri = URI.create("http://127.0.0.1:" + admin.getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        gateway.close();
        service.stop(0);
    }
}
