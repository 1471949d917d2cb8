package io.coapgate.gateway.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.upstream.RawServer;
import io.coapgate.gateway.upstream.TlsSource;
import io.coapgate.gateway.upstream.WebClients;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662, against a server over loopback. */
class HttpIntrospectorTest {
    private final WebClients clients = WebClients.open();

    @AfterEach
    void close() {
        clients.close().toCompletableFuture().join();
    }

    private static String ok(String json) {
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + json.length() + "\r\n\r\n"
                + json;
    }

    private IntrospectionResponse ask(URI url, Duration timeout, String token) throws Exception {
        IntrospectionAccess.Http access = new IntrospectionAccess.Http(
                url,
                Optional.of(new IntrospectionAccess.ClientSecret(
                        "gate way", SecretBytes.copyOf("s:cret".getBytes(US_ASCII)))),
                TlsSource.JDK);
        IntrospectionSettings.Bounds bounds = new IntrospectionSettings.Bounds(
                timeout, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10), 10, 2);
        return new HttpIntrospector(access, bounds, clients)
                .introspect(token.getBytes(US_ASCII))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private CwtClaims claims(String json) throws Exception {
        try (RawServer server = RawServer.answering(ok(json))) {
            return ask(server.url(), Duration.ofSeconds(30), "t").claims().orElseThrow();
        }
    }

    private void assertFails(String response) throws Exception {
        try (RawServer server = RawServer.answering(response)) {
            assertThatThrownBy(() -> ask(server.url(), Duration.ofSeconds(30), "t"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IntrospectionException.class);
        }
    }

    @Test
    void sendsTheTokenInAFormWithTheGatewaysCredentials() throws Exception {
        try (RawServer server = RawServer.answering(ok("{\"active\":false}"))) {
            assertThat(ask(server.url().resolve("/introspect"), Duration.ofSeconds(30), "a+b/c="))
                    .isEqualTo(IntrospectionResponse.INACTIVE);
            assertThat(server.requests().get(0))
                    .startsWith("POST /introspect HTTP/1.1")
                    .containsIgnoringCase("content-type: application/x-www-form-urlencoded")
                    .containsIgnoringCase("authorization: Basic Z2F0ZSt3YXk6cyUzQWNyZXQ=") // gate+way:s%3Acret
                    .endsWith("token=a%2Bb%2Fc%3D&token_type_hint=access_token");
        }
    }

    @Test
    void readsWhatATokenSays() throws Exception {
        CwtClaims claims = claims("""
                {"active":true,"iss":"as","sub":"d1","aud":["coapgate","x"],"exp":1767225600,"nbf":1,"iat":2,
                 "scope":"read","jti":"j","cnf":{"kid":"k"},"more":{}}""");
        assertThat(claims.issuer()).contains("as");
        assertThat(claims.subject()).contains("d1");
        assertThat(claims.audience()).containsExactly("coapgate", "x");
        assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_767_225_600));
        assertThat(claims.scope()).contains("read");
        assertThat(claims.confirmation()).contains(Confirmation.of(KeyId.ofUtf8("k")));
        String jwk = PublicJwk.of(Devices.p256().getPublic()).toJson();
        assertThat(claims("{\"active\":true,\"cnf\":{\"jwk\":" + jwk + "}}").confirmation())
                .containsInstanceOf(Confirmation.OfKey.class);
        assertThat(claims("{\"active\":true,\"cnf\":{\"jkt\":\"x\"}}").confirmation())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"active\":true,\"aud\":5}",
                "{\"active\":true,\"sub\":\"\"}",
                "{\"active\":true,\"cnf\":{\"jwk\":{\"kty\":\"EC\"}}}",
                "[]",
                "<html>",
                "{\"active\":true,\"exp\":\"never\"}"
            })
    void refusesOtherAnswers(String json) throws Exception {
        assertFails(ok(json));
    }

    @Test
    void refusesOtherStatusesRedirectsAndLongAnswers() throws Exception {
        for (String status :
                List.of("401 Unauthorized", "500 Oops", "302 Found\r\nlocation: http://127.0.0.1:1/", "204 None")) {
            assertFails("HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n");
        }
        assertFails(ok("{\"active\":true,\"x\":\"" + "y".repeat(70_000) + "\"}"));
    }

    @Test
    void waitsForASlowServerOnlySoLong() throws Exception {
        try (RawServer silent = RawServer.start(peer -> {
            peer.read();
            peer.read(); // nothing more comes
        })) {
            assertThatThrownBy(() -> ask(silent.url(), Duration.ofMillis(200), "t"))
                    .hasCauseInstanceOf(IntrospectionException.class);
        }
    }

    @Test
    void doesNotAskAboutWhatIsNoText() throws Exception {
        try (RawServer server = RawServer.answering(ok("{\"active\":true}"))) {
            assertThat(ask(server.url(), Duration.ofSeconds(30), "a b")).isEqualTo(IntrospectionResponse.INACTIVE);
            assertThat(server.requests()).isEmpty();
        }
    }
}
