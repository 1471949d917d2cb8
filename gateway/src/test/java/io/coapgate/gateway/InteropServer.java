package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * A resource server of the ACE working group's interop plan, {@code RS1} or {@code RS2}: a gateway with the plan's keys,
 * before a service that speaks JSON and has the two resources, {@code /ace/helloWorld} and {@code /ace/lock}. Client1 has a
 * session of its own, and no scope.
 */
final class InteropServer implements AutoCloseable {
    private final HttpServer service;
    private final Gateway gateway;
    private volatile String locked = "true";

    /** @param sharedKey of AS and this server, in hex */
    InteropServer(Path directory, String name, String sharedKey) throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/ace/helloWorld", exchange -> answer(exchange, "\"Hello World!\""));
        service.createContext("/ace/lock", this::lock);
        service.start();
        Path serverKey = Files.writeString(directory.resolve("rs2.pem"), Pem.encodeSec1(InteropKeys.rs2()));
        Files.setPosixFilePermissions(serverKey, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: client1, scopes: [], credentials: [{psk: {identity: client1, key: "hex:%s"}}]}
                """.formatted(InteropKeys.CLIENT_1));
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: %1$s
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], access-tokens: true, authz-info: {port: 0}, %2$s}
                  - {name: rpk, address: 127.0.0.1, port: 0, credentials: [rpk], access-tokens: true, %2$s}
                dtls: {private-key: rs2.pem}
                cwt:
                  authorization-server: coaps://as.example/token
                  issuers:
                    - {issuer: AS, devices: any, keys: [{algorithm: AES-CCM-16-64-128, secret: "hex:%3$s"}]}
                upstreams:
                  backend: {url: "http://127.0.0.1:%4$d"}
                routes:
                  - {path: /ace/helloWorld, upstream: backend, audience: https://backend.example, authenticate: token, codec: cbor-json, methods: {GET: [HelloWorld]}}
                  - {path: /ace/lock, upstream: backend, audience: https://backend.example, authenticate: token, codec: cbor-json, methods: {GET: [r_Lock], PUT: [rw_Lock]}}
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(
                name, PskGateway.PATIENT, sharedKey, service.getAddress().getPort()));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), Clock.systemUTC());
    }

    private void lock(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            locked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            answer(exchange, locked);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, json.length());
        exchange.getResponseBody().write(json.getBytes(UTF_8));
        exchange.close();
    }

    /** The state of the lock, in JSON. */
    String locked() {
        return locked;
    }

    InetSocketAddress coaps(String listener) {
        return Objects.requireNonNull(gateway.addresses().coaps().get(listener));
    }

    InetSocketAddress coap() {
        return Objects.requireNonNull(gateway.addresses().authzInfo().get("psk"));
    }

    @Override
    public void close() {
        gateway.close();
        service.stop(0);
    }
}
