package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.basic;
import static io.coapgate.gateway.oauth.Exchanges.failure;
import static io.coapgate.gateway.oauth.Exchanges.request;
import static io.coapgate.gateway.oauth.Exchanges.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.oauth.FakeTokenServer.Answer;
import io.coapgate.gateway.oauth.FakeTokenServer.Question;
import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the token endpoint is found, RFC 8414. */
class ServerDiscoveryTest {
    private static final Answer NOT_HERE = Answer.json(404, "");

    private final Exchanges exchanges = new Exchanges();
    private final AtomicReference<Answer> metadata = new AtomicReference<>();
    private final AtomicReference<String> place =
            new AtomicReference<>("/.well-known/oauth-authorization-server/realms/a");
    private final FakeTokenServer server;

    ServerDiscoveryTest() throws IOException {
        server = new FakeTokenServer(this::answer);
        metadata.set(metadata(issuer(), server.url("/token").toString(), ""));
    }

    @AfterEach
    void close() {
        exchanges.close();
        server.close();
    }

    private Answer answer(Question question) {
        if (question.path().contains("/.well-known/")) {
            return question.path().equals(place.get()) ? metadata.get() : NOT_HERE;
        }
        return Answer.token(FakeTokenServer.jwt("{\"aud\":\"https://backend.example\"}"), ",\"expires_in\":300");
    }

    private String issuer() {
        return server.url("/realms/a").toString();
    }

    private static Answer metadata(String issuer, String endpoint, String more) {
        return Answer.json(200, "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + endpoint + "\"" + more + "}");
    }

    private OAuthTokenExchange open() {
        return open(basic());
    }

    private OAuthTokenExchange open(ClientSettings client) {
        return exchanges.open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.TOKEN_EXCHANGE,
                Exchanges.of(URI.create(issuer())),
                client,
                Exchanges.PLAIN,
                Exchanges.STRICT));
    }

    private List<String> paths() {
        return server.questions().stream().map(Question::path).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/realms/a",
                "/realms/a/.well-known/openid-configuration",
                "/realms/a/.well-known/oauth-authorization-server"
            })
    void findsTheMetadataWhereverServersKeepIt(String where) throws Exception {
        place.set(where);
        token(open(), request("d1"));
        assertThat(paths()).endsWith(where, "/token");
    }

    @Test
    void whatIsSignedIsForTheIssuer() throws Exception {
        token(open(), request("d1"));
        Question asked = server.questions().get(server.questions().size() - 1);
        assertThat(FakeTokenServer.claimsOf(asked.value("subject_token"))).contains("\"aud\":\"" + issuer() + "\"");
    }

    @Test
    void looksOnceAnHour() throws Exception {
        OAuthTokenExchange exchange = open();
        token(exchange, request("d1"));
        exchanges.clock.advance(Duration.ofMinutes(59));
        token(exchange, request("d2"));
        assertThat(paths()).hasSize(3);
        exchanges.clock.advance(Duration.ofMinutes(1));
        metadata.set(metadata(issuer(), server.url("/moved").toString(), ""));
        token(exchange, request("d3"));
        assertThat(paths()).endsWith("/.well-known/oauth-authorization-server/realms/a", "/moved");
    }

    @Test
    void whatWasGoodLastCountsUntilThereIsSomethingBetter() throws Exception {
        OAuthTokenExchange exchange = open();
        token(exchange, request("d1"));
        exchanges.clock.advance(Duration.ofHours(1));
        metadata.set(Answer.json(500, ""));
        token(exchange, request("d2"));
        assertThat(paths()).endsWith("/token");
        metadata.set(metadata(issuer(), server.url("/moved").toString(), ""));
        token(exchange, request("d3"));
        assertThat(paths()).endsWith("/token", "/token");
        exchanges.clock.advance(Duration.ofMinutes(1));
        token(exchange, request("d4"));
        assertThat(paths()).endsWith("/moved");
    }

    @Test
    void theServersOfAnotherIssuerGetNoSecret() {
        metadata.set(metadata("https://evil.example", server.url("/token").toString(), ""));
        var failure = failure(open(), request("d1"));
        assertThat(failure.reason()).isEqualTo(Refusal.TOKEN_SERVER_RESPONSE_INVALID);
        assertThat(failure).hasMessage("the server's metadata: it is of another issuer");
        assertThat(paths()).doesNotContain("/token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example/token",
                "ftp://idp.example/token",
                "https://user@idp.example/token",
                "/token",
                "https:///token"
            })
    void anEndpointThatWouldLeakSecretsIsNotUsed(String endpoint) {
        metadata.set(metadata(issuer(), endpoint, ""));
        assertThat(failure(open(), request("d1")).reason()).isEqualTo(Refusal.TOKEN_SERVER_RESPONSE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{\"issuer\":7}", "{\"token_endpoint\":\"https://idp.example/t\"}"})
    void garbageIsNoMetadata(String body) {
        metadata.set(Answer.json(200, body));
        assertThat(failure(open(), request("d1")).reason()).isEqualTo(Refusal.TOKEN_SERVER_RESPONSE_INVALID);
    }

    @Test
    void metadataWithoutEndIsGivenUp() {
        metadata.set(metadata(issuer(), server.url("/token").toString(), ",\"x\":\"" + "x".repeat(70_000) + "\""));
        assertThat(failure(open(), request("d1"))).hasMessageContaining("more than 65536 bytes");
    }

    @ParameterizedTest
    @CsvSource({"429, TOKEN_SERVER_BUSY", "503, TOKEN_SERVER_BUSY", "404, TOKEN_SERVER_RESPONSE_INVALID"})
    void failuresToFindItAreToldApart(int status, Refusal reason) throws Exception {
        metadata.set(Answer.json(status, ""));
        OAuthTokenExchange exchange = open();
        assertThat(failure(exchange, request("d1")).reason()).isEqualTo(reason);
        metadata.set(metadata(issuer(), server.url("/token").toString(), ""));
        exchanges.clock.advance(Duration.ofSeconds(1));
        assertThat(token(exchange, request("d1"))).isNotNull();
    }

    @Test
    void whoComesWithACertificateIsSentWhereCertificatesCount() throws Exception {
        String aliases = ",\"mtls_endpoint_aliases\":{\"token_endpoint\":\"" + server.url("/mtls") + "\"}";
        metadata.set(metadata(issuer(), server.url("/token").toString(), aliases));
        token(open(new ClientSettings.WithCertificate("coapgate")), request("d1"));
        token(open(), request("d1"));
        assertThat(paths()).contains("/mtls").endsWith("/token");
    }
}
