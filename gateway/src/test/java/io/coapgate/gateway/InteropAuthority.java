package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.gateway.config.ConfigLoader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * The authorization server {@code AS} of the ACE working group's interop plan: a gateway whose tokens for {@code RS1} are
 * encrypted with the plan's key. Client2 may have HelloWorld there; RS1 has a session of its own, over which it asks.
 */
final class InteropAuthority implements AutoCloseable {
    private static final String RS_1_SESSION = "session-of-rs1-0123456789";

    private final Gateway gateway;

    InteropAuthority(Path directory, Clock clock) throws Exception {
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: client2, scopes: [HelloWorld], credentials: [{psk: {identity: client2, key: "hex:%s"}}]}
                  - {id: RS1, scopes: [], credentials: [{psk: {identity: RS1, key: %s}}]}
                """.formatted(InteropKeys.CLIENT_2, RS_1_SESSION));
        Path file = Files.writeString(
                directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                listeners:
                  - {name: psk, address: 127.0.0.1, port: 0, credentials: [psk], %s}
                authorization-server:
                  issuer: AS
                  audiences:
                    - {audience: RS1, scopes: [HelloWorld, r_Lock, rw_Lock], device: RS1, algorithm: AES-CCM-16-64-128, secret: "hex:%s"}
                upstreams:
                  backend: {url: "http://127.0.0.1:1"}
                routes:
                  - {path: /ace/helloWorld, upstream: backend, audience: https://backend.example, methods: {GET: [HelloWorld]}}
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(PskGateway.PATIENT, InteropKeys.RS_1));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), clock);
    }

    PskClient client2() {
        return new PskClient(address(), "client2".getBytes(UTF_8), InteropKeys.hex(InteropKeys.CLIENT_2));
    }

    PskClient rs1() {
        return new PskClient(address(), "RS1", RS_1_SESSION, 1024);
    }

    private InetSocketAddress address() {
        return Objects.requireNonNull(gateway.addresses().coaps().get("psk"));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
