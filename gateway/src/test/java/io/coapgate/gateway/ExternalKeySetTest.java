package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.upstream.Pki;
import io.coapgate.gateway.upstream.RawServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an authorization server whose keys are had by URL or out of a file, uploaded over DTLS. */
class ExternalKeySetTest {
    private static final String AS = "coaps://as.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;

    private final KeyPair first = Devices.p256();
    private final KeyPair second = Devices.p256();
    private final AtomicReference<byte[]> published = new AtomicReference<>(set("k1", first));

    ExternalKeySetTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static byte[] set(String kid, KeyPair pair) {
        try {
            CoseKey key = CoseKey.ofPublicKey(pair.getPublic()).withKeyId(KeyId.ofUtf8(kid));
            return CoseKeySet.ofPublicKeys(List.of(key)).encode();
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the PSK identity. */
    private static byte[] token(String kid, KeyPair pair, String identity) throws CoseException {
        SigningKey key = SigningKey.of(CoseAlgorithm.ES256, pair.getPrivate()).withKeyId(KeyId.ofUtf8(kid));
        return new CwtIssuer(AS, key)
                .issue(Cwts.claims(Instant.now(), "all")
                        .confirmation(Confirmation.of(KeyId.ofUtf8(identity)))
                        .build());
    }

    private void serve(RawServer.Peer peer) throws java.io.IOException {
        while (true) {
            peer.read();
            byte[] body = published.get();
            peer.write("HTTP/1.1 200 OK\r\ncontent-length: " + body.length + "\r\n\r\n");
            peer.write(body);
        }
    }

    private static String configured(String keySet) {
        return "cwt: {issuers: [{issuer: \"%s\", key-set: {%s}}]}\n".formatted(AS, keySet);
    }

    private static String url(String url) {
        return "url: \"%s/keys\", min-refresh: 1s, timeout: 30s".formatted(url);
    }

    private static PskClient device(RunningGateway gateway, String identity) {
        return new PskClient(gateway.address(), identity, PskGateway.KEY);
    }

    private static ResponseCode upload(PskClient device, byte[] token) throws Exception {
        Request request = Request.newPost();
        request.getOptions().setContentFormat(61);
        request.setPayload(token);
        return device.send(request, "/authz-info").getCode();
    }

    private static void awaitAccepted(PskClient device, byte[] token) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(upload(device, token)).isEqualTo(ResponseCode.CREATED));
    }

    @Test
    void takesTokensOfKeysThatItHasJustHeardOf() throws Exception {
        try (RawServer server = RawServer.start(this::serve);
                RunningGateway gateway = new RunningGateway(
                        directory, "", configured(url(server.url().toString())));
                PskClient device = device(gateway, "sensor-1")) {
            awaitAccepted(device, token("k1", first, "sensor-1"));
            assertThat(upload(device, token("k2", second, "sensor-1"))).isEqualTo(ResponseCode.UNAUTHORIZED);
            published.set(set("k2", second));
            awaitAccepted(device, token("k2", second, "sensor-1"));
            assertThat(upload(device, token("k1", first, "sensor-1")))
                    .as("withdrawn")
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(gateway.metrics())
                    .contains("coapgate_key_set_keys{issuer=\"coaps://as.example\"} 1.0")
                    .containsPattern(
                            "coapgate_key_set_refreshes_total\\{issuer=\"coaps://as.example\",outcome=\"refreshed\"} [2-9]")
                    .contains("coapgate_tokens_refused_total{reason=\"token_key_unknown\"}");
        }
    }

    @Test
    void aTokenOfAnotherDeviceStaysRefused() throws Exception {
        try (RawServer server = RawServer.start(this::serve);
                RunningGateway gateway = new RunningGateway(
                        directory, "", configured(url(server.url().toString())));
                PskClient one = device(gateway, "sensor-1");
                PskClient other = device(gateway, "sensor-2")) {
            byte[] token = token("k1", first, "sensor-1");
            awaitAccepted(one, token);
            assertThat(upload(other, token)).isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    @Test
    void startsWithoutTheServerAndSaysThatItCantCheckTokensYet() throws Exception {
        URI gone;
        try (RawServer server = RawServer.start(this::serve)) {
            gone = server.url();
        }
        try (RunningGateway gateway = new RunningGateway(directory, "", configured(url(gone.toString())));
                PskClient device = device(gateway, "sensor-1")) {
            assertThat(upload(device, token("k1", first, "sensor-1"))).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
            assertThat(gateway.metrics())
                    .contains("coapgate_tokens_refused_total{reason=\"token_keys_unavailable\"} 1.0");
        }
    }

    @Test
    void trustsAnHttpsServerByItsOwnTrustStoreOnly() throws Exception {
        Pki pki = new Pki("authority");
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(pki.authority().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(directory.resolve("ca.pem"), pem, StandardCharsets.US_ASCII);
        try (RawServer server = RawServer.start(this::serve, pki.listening(pki.server("localhost"), false))) {
            String url = url("https://localhost:" + server.port());
            try (RunningGateway gateway =
                            new RunningGateway(directory, "", configured(url + ", tls: {trust: ca.pem}"));
                    PskClient device = device(gateway, "sensor-1")) {
                awaitAccepted(device, token("k1", first, "sensor-1"));
            }
            try (RunningGateway gateway = new RunningGateway(directory, "", configured(url));
                    PskClient device = device(gateway, "sensor-1")) {
                assertThat(upload(device, token("k1", first, "sensor-1"))).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
            }
        }
    }

    @Test
    void followsAFileThatIsReplaced() throws Exception {
        Path file = Files.write(directory.resolve("as.cks"), published.get());
        try (RunningGateway gateway = new RunningGateway(directory, "", configured("file: as.cks"));
                PskClient device = device(gateway, "sensor-1")) {
            assertThat(upload(device, token("k1", first, "sensor-1"))).isEqualTo(ResponseCode.CREATED);
            Files.write(file, new byte[] {1, 2, 3});
            assertThat(upload(device, token("k1", first, "sensor-1"))).isEqualTo(ResponseCode.CREATED);
            Files.write(file, set("k2", second));
            awaitAccepted(device, token("k2", second, "sensor-1"));
        }
    }
}
