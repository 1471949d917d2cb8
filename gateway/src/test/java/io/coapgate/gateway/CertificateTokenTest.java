package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.device.Devices;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authorization server for devices whose DTLS credential is a certificate (RFC 9200 §5.8, RFC 9202 §3.2). */
class CertificateTokenTest {
    /** How long the device's certificate lasts: less than the token would. */
    private static final Duration CERTIFIED = Duration.ofMinutes(20);

    private final SecureRandom random = new SecureRandom();
    private final Instant now = Clock.systemUTC().instant();
    private final KeyPair authorityKeys = Devices.p256();
    private final KeyPair pump1 = Devices.p256();
    private final KeyPair pump2 = Devices.p256();
    private final Path directory;
    private X509Certificate authority;
    private HttpServer service;
    private Gateway gateway;

    CertificateTokenTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(UTF_8));
            exchange.close();
        });
        service.start();
        authority = new CertificateBuilder(
                        "authority", authorityKeys.getPublic(), now.minusSeconds(60), now.plus(CERTIFIED), random)
                .authority()
                .selfSigned(authorityKeys.getPrivate());
        KeyPair own = Devices.p256();
        Path key = Files.writeString(directory.resolve("server.pem"), Pem.encode(own.getPrivate()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        X509Certificate certificate =
                certified(own, "gateway").serverAuthentication().signedBy(authority, authorityKeys.getPrivate());
        Files.writeString(directory.resolve("server.crt.pem"), Pem.encode(certificate));
        Files.writeString(directory.resolve("ca.pem"), Pem.encode(authority));
        Files.writeString(directory.resolve("devices.yaml"), """
                devices:
                  - {id: pump-1, scopes: [read], credentials: [{x509: {san-dns: pump-1.example}}]}
                  - {id: pump-2, scopes: [read], credentials: [{x509: {san-dns: pump-2.example}}]}
                """);
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                issuer: https://gateway.example
                audience: coapgate
                devices: devices.yaml
                dtls: {private-key: server.pem, certificates: server.crt.pem, trust: ca.pem}
                listeners:
                  - {name: x509, address: 127.0.0.1, port: 0, credentials: [x509], %s}
                authorization-server: {issuer: as, lifetime: 1h}
                upstreams:
                  backend: {url: "http://127.0.0.1:%d"}
                routes:
                  - path: /temp/**
                    upstream: backend
                    audience: https://backend.example
                    authenticate: token
                    methods: {GET: [read]}
                http: {public: {port: 0}, admin: {port: 0}}
                """.formatted(
                        PskGateway.PATIENT, service.getAddress().getPort()));
        gateway = Gateway.start(new ConfigLoader(Map.of()).load(file), Map.of(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        gateway.close();
        service.stop(0);
    }

    private CertificateBuilder certified(KeyPair keys, String name) throws GeneralSecurityException {
        return new CertificateBuilder(name, keys.getPublic(), now.minusSeconds(60), now.plus(CERTIFIED), random);
    }

    private X509Client client(String device, KeyPair keys) throws GeneralSecurityException {
        X509Certificate certificate = certified(keys, device)
                .clientAuthentication()
                .dnsName(device + ".example")
                .signedBy(authority, authorityKeys.getPrivate());
        InetSocketAddress address =
                Objects.requireNonNull(gateway.addresses().coaps().get("x509"));
        return new X509Client(address, keys, certificate, authority);
    }

    private static CoapResponse post(X509Client client, String path, int format, byte[] payload) throws Exception {
        Request request = Request.newPost();
        request.getOptions().setContentFormat(format);
        request.setPayload(payload);
        return client.send(request, path);
    }

    private static AccessTokenResponse token(X509Client client, AccessTokenRequest.Builder asked) throws Exception {
        CoapResponse response = post(client, "/token", 19, asked.build().encode());
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        return AccessTokenResponse.decode(response.getPayload(), 1024);
    }

    private static Confirmation thumbprint(KeyPair keys) throws CoseException {
        return Confirmation.of(
                KeyId.of(CoseKey.ofPublicKey(keys.getPublic()).thumbprint().bytes()));
    }

    @Test
    void aDeviceWithACertificateGetsATokenForItsKeyThatEndsWithTheCertificate() throws Exception {
        try (X509Client pump = client("pump-1", pump1)) {
            AccessTokenResponse issued = token(pump, AccessTokenRequest.builder());
            assertThat(issued.key()).as("the client has it").isEmpty();
            assertThat(issued.expiresIn().orElseThrow()).isPositive().isLessThanOrEqualTo(CERTIFIED);
            assertThat(pump.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(post(pump, "/authz-info", 61, issued.accessToken()).getCode())
                    .isEqualTo(ResponseCode.CREATED);
            assertThat(pump.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(token(pump, AccessTokenRequest.builder().requestedKey(thumbprint(pump1)))
                            .accessToken())
                    .as("the key named")
                    .isNotEmpty();
        }
    }

    @Test
    void itIsWorthNothingOnTheSessionOfAnotherCertificateAndNamesNoOtherKey() throws Exception {
        try (X509Client pump = client("pump-1", pump1);
                X509Client other = client("pump-2", pump2)) {
            byte[] token = token(pump, AccessTokenRequest.builder()).accessToken();
            assertThat(post(other, "/authz-info", 61, token).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(other.send(Request.newGet(), "/temp/1").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            byte[] asked = AccessTokenRequest.builder()
                    .requestedKey(Confirmation.of(CoseKey.ofPublicKey(pump1.getPublic())))
                    .build()
                    .encode();
            assertThat(post(other, "/token", 19, asked).getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
        }
    }
}
