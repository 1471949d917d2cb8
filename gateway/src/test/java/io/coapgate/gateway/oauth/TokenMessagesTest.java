package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.basic;
import static io.coapgate.gateway.oauth.Exchanges.request;
import static io.coapgate.gateway.oauth.Exchanges.token;
import static io.coapgate.gateway.oauth.FakeTokenServer.claimsOf;
import static io.coapgate.gateway.oauth.FakeTokenServer.headerOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.oauth.ClientSettings.SecretMethod;
import io.coapgate.gateway.oauth.FakeTokenServer.Answer;
import io.coapgate.gateway.oauth.FakeTokenServer.Question;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.token.TokenRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an OAuth server reads, parameter by parameter. */
class TokenMessagesTest {
    private static final MessageSettings NONE = Exchanges.message(AudienceParameter.NONE, "", Map.of());

    private final Exchanges exchanges = new Exchanges();
    private final FakeTokenServer server;

    TokenMessagesTest() throws IOException {
        server = new FakeTokenServer(question -> Answer.token(
                FakeTokenServer.jwt("{\"aud\":\"https://backend.example\",\"sub\":\"" + subject(question) + "\"}"),
                ",\"expires_in\":300"));
    }

    @AfterEach
    void close() {
        exchanges.close();
        server.close();
    }

    private static String subject(Question question) {
        return question.form().containsKey("subject_token")
                ? claimsOf(question.value("subject_token")).replaceAll(".*\"sub\":\"([^\"]*)\".*", "$1")
                : "nobody";
    }

    private OAuthTokenExchange open(Grant grant, ClientSettings client, MessageSettings message) {
        return exchanges.open(new OAuthSettings(
                Exchanges.CORPORATE, grant, Exchanges.at(server.url("/token")), client, message, Exchanges.STRICT));
    }

    private Question asked(Grant grant, ClientSettings client, MessageSettings message) throws Exception {
        token(open(grant, client, message), request("d1"));
        return server.questions().get(0);
    }

    @Test
    void aTokenExchangeShowsAJwtOfTheDeviceForThatServerAlone() throws Exception {
        Question asked = asked(Grant.TOKEN_EXCHANGE, basic(), Exchanges.PLAIN);
        assertThat(asked.form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:jwt")
                .containsEntry("requested_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .containsEntry("audience", "https://backend.example")
                .containsEntry("scope", "telemetry:write")
                .doesNotContainKeys("actor_token", "resource", "client_secret", "client_id");
        String subject = asked.value("subject_token");
        assertThat(headerOf(subject)).contains("\"typ\":\"JWT\"", "\"kid\":\"" + Exchanges.KEY.keyId() + "\"");
        assertThat(claimsOf(subject))
                .contains(
                        "\"iss\":\"https://gateway.example\"",
                        "\"sub\":\"d1\"",
                        "\"tenant\":\"acme\"",
                        "\"scope\":\"telemetry:write\"",
                        "\"device_model\":\"m2\"",
                        "\"iat\":1767225600",
                        "\"exp\":1767225660")
                .contains("\"aud\":\"" + server.url("/token") + "\"");
    }

    @Test
    void noTwoAssertionsAreAlike() throws Exception {
        OAuthTokenExchange exchange = open(Grant.TOKEN_EXCHANGE, basic(), Exchanges.PLAIN);
        token(exchange, request("d1"));
        exchanges.clock.advance(Duration.ofMinutes(5));
        token(exchange, request("d1"));
        assertThat(claimsOf(server.questions().get(0).value("subject_token")).replaceAll(".*\"jti\"", ""))
                .isNotEqualTo(claimsOf(server.questions().get(1).value("subject_token"))
                        .replaceAll(".*\"jti\"", ""));
    }

    @Test
    void eachDeviceGetsItsOwn() throws Exception {
        OAuthTokenExchange exchange = open(Grant.TOKEN_EXCHANGE, basic(), Exchanges.PLAIN);
        for (String device : new String[] {"d1", "d2", "d1"}) {
            String token = token(exchange, request(device)).authorization();
            assertThat(claimsOf(token)).contains("\"sub\":\"" + device + "\"");
        }
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void theJwtOfADeviceMayBeAnAccessTokenAndTheGatewayTheActor() throws Exception {
        Question asked = asked(
                Grant.TOKEN_EXCHANGE,
                basic(),
                new MessageSettings(
                        true,
                        true,
                        Optional.of("https://idp.example"),
                        AudienceParameter.RESOURCE,
                        new Template("{scopes}"),
                        Map.of("subject_issuer", new Template("coapgate"))));
        assertThat(asked.form())
                .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .containsEntry("actor_token_type", "urn:ietf:params:oauth:token-type:jwt")
                .containsEntry("resource", "https://backend.example")
                .containsEntry("subject_issuer", "coapgate")
                .doesNotContainKey("audience");
        assertThat(headerOf(asked.value("subject_token"))).contains("\"typ\":\"at+jwt\"");
        assertThat(claimsOf(asked.value("subject_token")))
                .contains("\"client_id\":\"d1\"", "\"aud\":\"https://idp.example\"");
        assertThat(claimsOf(asked.value("actor_token"))).contains("\"sub\":\"https://gateway.example\"");
    }

    @Test
    void whatARouteMapsCannotReplaceAClaim() throws Exception {
        TokenRequest plain = request("d1");
        TokenRequest evil = new TokenRequest(
                plain.device(),
                plain.tenant(),
                plain.audience(),
                plain.scopes(),
                plain.notAfter(),
                Map.of("sub", "admin", "aud", "everybody", "iss", "admin", "tenant", "other"),
                plain.sessionKey(),
                plain.external());
        token(open(Grant.TOKEN_EXCHANGE, basic(), Exchanges.PLAIN), evil);
        assertThat(claimsOf(server.questions().get(0).value("subject_token")))
                .contains("\"sub\":\"d1\"", "\"tenant\":\"acme\"")
                .doesNotContain("admin", "everybody", "other");
    }

    @Test
    void aJwtBearerGrantIsTheAssertion() throws Exception {
        Question asked = asked(Grant.JWT_BEARER, basic(), Exchanges.PLAIN);
        assertThat(asked.form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsEntry("audience", "https://backend.example");
        assertThat(claimsOf(asked.value("assertion"))).contains("\"sub\":\"d1\"");
    }

    @Test
    void clientCredentialsSayNothingOfTheDeviceUnlessAParameterDoes() throws Exception {
        Question asked = asked(
                Grant.CLIENT_CREDENTIALS,
                basic(),
                Exchanges.message(
                        AudienceParameter.NONE,
                        "{audience}/.default",
                        Map.of("device_id", new Template("{tenant}:{device}"))));
        assertThat(asked.form())
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("scope", "https://backend.example/.default"),
                        Map.entry("device_id", "acme:d1"));
    }

    @Test
    void aSecretIsShownAsRfc6749Says() throws Exception {
        List<String> sent =
                asked(Grant.CLIENT_CREDENTIALS, basic(), NONE).headers().get("Authorization");
        String basic = Objects.requireNonNull(sent).get(0);
        assertThat(new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), UTF_8))
                .isEqualTo("coapgate:canary+secret%2F%2B");
        token(
                open(
                        Grant.CLIENT_CREDENTIALS,
                        new ClientSettings.WithSecret(Exchanges.CLIENT, SecretMethod.POST),
                        NONE),
                request("d1"));
        assertThat(server.questions().get(1).form())
                .containsEntry("client_id", "coapgate")
                .containsEntry("client_secret", "canary secret/+");
        assertThat(server.questions().get(1).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void aKeySignsAClientAssertion() throws Exception {
        JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
        Question asked = asked(
                Grant.CLIENT_CREDENTIALS,
                new ClientSettings.WithKey("coapgate", key.withHeader(Map.of("typ", "JWT", "kid", "k1", "x5t", "h"))),
                NONE);
        assertThat(asked.form())
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        String assertion = asked.value("client_assertion");
        assertThat(headerOf(assertion))
                .contains("\"typ\":\"JWT\"", "\"kid\":\"k1\"", "\"x5t\":\"h\"", "\"alg\":\"ES256\"");
        assertThat(claimsOf(assertion)).contains("\"iss\":\"coapgate\"", "\"sub\":\"coapgate\"", "\"jti\"");
    }

    @Test
    void aCertificateNeedsNoMoreThanTheId() throws Exception {
        Question asked = asked(Grant.CLIENT_CREDENTIALS, new ClientSettings.WithCertificate("coapgate"), NONE);
        assertThat(asked.form())
                .containsOnly(Map.entry("grant_type", "client_credentials"), Map.entry("client_id", "coapgate"));
        assertThat(asked.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void aDeviceWithoutAClientGetsNoTokenAndTheServerIsNotAsked() throws Exception {
        OAuthTokenExchange exchange =
                open(Grant.CLIENT_CREDENTIALS, new ClientSettings.OfDevice(SecretMethod.BASIC), NONE);
        TokenExchangeException failure = Exchanges.failure(exchange, request("d1"));
        assertThat(failure.reason()).isEqualTo(Refusal.TOKEN_EXCHANGE_FAILED);
        assertThat(server.questions()).isEmpty();
        token(exchange, request("d2", Instant.MAX, Optional.of(Exchanges.client("c2", "s2"))));
        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void aTemplateHasKnownPlacesOnly() {
        for (String text : new String[] {"{", "}", "{}", "{devices}", "{{device}}", "{device"}) {
            assertThatThrownBy(() -> new Template(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
