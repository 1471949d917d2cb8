package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.basic;
import static io.coapgate.gateway.oauth.Exchanges.request;
import static io.coapgate.gateway.oauth.Exchanges.settings;
import static io.coapgate.gateway.oauth.Exchanges.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.upstream.BearerToken;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each grant against a server of somebody else's, found by its metadata. */
class MockServerTest {
    private final MockOAuth2Server server = new MockOAuth2Server();
    private final Exchanges exchanges = new Exchanges();

    @BeforeEach
    void start() throws Exception {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        exchanges.close();
        server.shutdown();
    }

    /** By the address: the server's own URLs have whatever name this machine gives it. */
    private URI issuer() {
        return URI.create("http://127.0.0.1:" + server.baseUrl().port() + "/idp");
    }

    private OAuthTokenExchange open(OAuthSettings settings) {
        return exchanges.open(settings, Clock.systemUTC());
    }

    private JWTClaimsSet claims(BearerToken token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token.authorization().substring("Bearer ".length()));
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(issuer().toString());
        return jwt.getJWTClaimsSet();
    }

    @Test
    void exchangesTheGatewaysJwtOfADevice() throws Exception {
        OAuthTokenExchange exchange = open(settings(Grant.TOKEN_EXCHANGE, Exchanges.of(issuer())));
        JWTClaimsSet claims = claims(token(exchange, request("d1")));
        assertThat(claims.getSubject()).isEqualTo("d1");
        assertThat(claims.getAudience()).containsExactly("https://backend.example");
        assertThat(claims.getStringClaim("device_model")).isEqualTo("m2");
    }

    @Test
    void showsTheGatewaysJwtOfADeviceAsAGrant() throws Exception {
        OAuthTokenExchange exchange = open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.JWT_BEARER,
                Exchanges.of(issuer()),
                basic(),
                Exchanges.message(AudienceParameter.NONE, "{audience} {scopes}", Map.of()),
                Exchanges.STRICT));
        JWTClaimsSet claims = claims(token(exchange, request("d1")));
        assertThat(claims.getSubject()).isEqualTo("d1");
        assertThat(claims.getAudience()).contains("https://backend.example");
    }

    @Test
    void asksForItselfWithAKey() throws Exception {
        JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.RS256, new SecureRandom());
        OAuthTokenExchange exchange = open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.CLIENT_CREDENTIALS,
                Exchanges.of(issuer()),
                new ClientSettings.WithKey("coapgate", key.withHeader(Map.of("typ", "JWT"))),
                Exchanges.message(AudienceParameter.NONE, "https://backend.example", Map.of()),
                Exchanges.STRICT));
        JWTClaimsSet claims = claims(token(exchange, request("d1")));
        assertThat(claims.getSubject()).isEqualTo("coapgate");
        assertThat(claims.getAudience()).containsExactly("https://backend.example");
    }

    @Test
    void asksForADeviceWithTheDevicesOwnClient() throws Exception {
        OAuthTokenExchange exchange = open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.CLIENT_CREDENTIALS,
                Exchanges.of(issuer()),
                new ClientSettings.OfDevice(ClientSettings.SecretMethod.POST),
                Exchanges.message(AudienceParameter.AUDIENCE, "https://backend.example", Map.of()),
                Exchanges.STRICT));
        var request = request("d1", Instant.MAX, Optional.of(Exchanges.client("client-of-d1", "s3cret")));
        assertThat(claims(token(exchange, request)).getSubject()).isEqualTo("client-of-d1");
    }

    @Test
    void aTokenForSomebodyElseIsNotUsed() {
        OAuthTokenExchange exchange = open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.CLIENT_CREDENTIALS,
                Exchanges.of(issuer()),
                basic(),
                Exchanges.message(AudienceParameter.NONE, "https://other.example", Map.of()),
                Exchanges.STRICT));
        assertThat(Exchanges.failure(exchange, request("d1")))
                .hasMessage("the token is for another audience than https://backend.example");
    }
}
