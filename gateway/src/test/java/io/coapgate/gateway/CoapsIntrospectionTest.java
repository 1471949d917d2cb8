package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.dtls.CoapsIntrospector;
import io.coapgate.gateway.trust.IntrospectionAccess;
import io.coapgate.gateway.trust.IntrospectionException;
import io.coapgate.gateway.trust.IntrospectionSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9200 §5.9 with a gateway on both sides: one asks another, which issues tokens, over coaps. */
class CoapsIntrospectionTest {
    private static final String SECTION = """
            {issuer: as, audiences: [
              {audience: valve7, scopes: [read], device: d2, algorithm: AES-CCM-16-64-128, secret: 0123456789abcdef},
              {audience: lamp, scopes: [read], device: d3, algorithm: AES-CCM-16-64-128, secret: 0123456789abcdef}]}""";

    private final Path directory;

    private IssuingGateway server;

    CoapsIntrospectionTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        server = new IssuingGateway(Files.createDirectory(directory.resolve("as")), SECTION, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CoapsIntrospector introspector(String identity, String key, Duration timeout) throws Exception {
        SecretBytes secret = SecretBytes.copyOf(key.getBytes(US_ASCII));
        return introspector("psk", new IntrospectionAccess.PreSharedKey(new PskIdentity(identity), secret), timeout);
    }

    private CoapsIntrospector introspector(String listener, IntrospectionAccess.Credential credential, Duration timeout)
            throws Exception {
        return CoapsIntrospector.open(
                new IntrospectionAccess.Coaps(url(listener), credential),
                new IntrospectionSettings.Bounds(
                        timeout, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10), 10, 2));
    }

    private URI url(String listener) {
        InetSocketAddress address = server.address(listener);
        return URI.create("coaps://127.0.0.1:" + address.getPort() + "/introspect");
    }

    private static IntrospectionResponse ask(CoapsIntrospector introspector, byte[] token) throws Exception {
        return introspector.introspect(token).toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private byte[] token() throws Exception {
        try (PskClient device = server.psk("sensor-1")) {
            Request request = Request.newPost();
            request.getOptions().setContentFormat(19);
            request.setPayload(
                    AccessTokenRequest.builder().audience("valve7").build().encode());
            return AccessTokenResponse.decode(device.send(request, "/token").getPayload(), 1024)
                    .accessToken();
        }
    }

    @Test
    void isToldWhatATokenSays() throws Exception {
        byte[] token = token();
        try (CoapsIntrospector introspector = introspector("sensor-2", IssuingGateway.KEY, Duration.ofSeconds(60))) {
            assertThat(ask(introspector, token).claims().orElseThrow().subject())
                    .contains("d1");
            assertThat(ask(introspector, new byte[] {1})).isEqualTo(IntrospectionResponse.INACTIVE);
        }
    }

    @Test
    void failsWhileTheServerIsDown() throws Exception {
        byte[] token = token();
        try (CoapsIntrospector introspector = introspector("sensor-2", IssuingGateway.KEY, Duration.ofSeconds(5))) {
            ask(introspector, token);
            server.close();
            assertFails(introspector, token);
        }
    }

    @Test
    void knowsTheServerByItsRawPublicKeyAndNoOther() throws Exception {
        byte[] token = token();
        KeyPair own = server.keys("d3");
        Path state = directory.resolve("as").resolve("state").resolve("dtls.pem");
        PublicKey key = Pem.keyPair(Files.readString(state)).getPublic();
        try (CoapsIntrospector introspector =
                        introspector("rpk", new IntrospectionAccess.RawPublicKey(own, key), Duration.ofSeconds(60));
                CoapsIntrospector deceived = introspector(
                        "rpk", new IntrospectionAccess.RawPublicKey(own, own.getPublic()), Duration.ofSeconds(3))) {
            assertThat(ask(introspector, token)).as("for another server").isEqualTo(IntrospectionResponse.INACTIVE);
            assertFails(deceived, token);
        }
    }

    @Test
    void failsWithoutRightOrCredential() throws Exception {
        byte[] token = token();
        try (CoapsIntrospector noServer = introspector("sensor-1", IssuingGateway.KEY, Duration.ofSeconds(60));
                CoapsIntrospector wrongKey = introspector("sensor-2", "wrong-key-0123456", Duration.ofSeconds(3))) {
            assertFails(noServer, token);
            assertFails(wrongKey, token);
        }
    }

    private static void assertFails(CoapsIntrospector introspector, byte[] token) {
        assertThatThrownBy(() -> ask(introspector, token))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IntrospectionException.class);
    }

    @Test
    void anotherGatewayAsksAboutUploadedTokens() throws Exception {
        String section = """
                cwt: {introspection: {issuer: as, url: "%s", timeout: 60s, psk: {identity: sensor-2, key: "%s"}}}
                """.formatted(url("psk"), IssuingGateway.KEY);
        try (RunningGateway gateway = new RunningGateway(directory, "", section);
                PskClient device = new PskClient(gateway.address(), "sensor-1", IssuingGateway.KEY)) {
            Request request = Request.newPost();
            request.setPayload("opaque".getBytes(US_ASCII));
            assertThat(device.send(request, "/authz-info").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(gateway.metrics())
                    .contains("coapgate_tokens_refused_total{reason=\"token_inactive\"} 1.0")
                    .contains("coapgate_introspections_total{outcome=\"inactive\"} 1.0");
        }
    }
}
