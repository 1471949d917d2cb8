package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.con;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a device over DTLS to a service that gets the JWT of an OAuth server, which is somebody else's. */
@Timeout(120)
class OAuthOverDtlsTest {
    private static final String TOKEN_EXCHANGE = """
            token-exchange:
              corporate:
                grant: token-exchange
                issuer: http://127.0.0.1:%d/idp
                audiences: [https://backend.example]
                client: {id: coapgate, secret: "a secret"}
                timeout: 30s
            """;

    private static SignedJWT sentTo(RunningGateway gateway, int call) throws Exception {
        List<String> sent = gateway.calls().get(call).headers().get("Authorization");
        String authorization = Objects.requireNonNull(sent).get(0);
        return SignedJWT.parse(authorization.substring("Bearer ".length()));
    }

    @Test
    void theServiceGetsTheJwtOfTheOAuthServer(@TempDir Path directory) throws Exception {
        MockOAuth2Server idp = new MockOAuth2Server();
        idp.start(InetAddress.getLoopbackAddress(), 0);
        int port = idp.baseUrl().port();
        try (RunningGateway gateway = new RunningGateway(directory, "", TOKEN_EXCHANGE.formatted(port));
                RawCoapClient d1 = gateway.device("sensor-1");
                RawCoapClient d2 = gateway.device("sensor-2")) {
            assertThat(d1.exchange(con("0.01", 1, "open")).codeText()).isEqualTo("2.05");
            assertThat(d1.exchange(con("0.01", 2, "open")).codeText()).isEqualTo("2.05");
            assertThat(d2.exchange(con("0.01", 3, "open")).codeText()).isEqualTo("2.05");

            SignedJWT first = sentTo(gateway, 0);
            assertThat(first.getJWTClaimsSet().getIssuer()).isEqualTo("http://127.0.0.1:" + port + "/idp");
            assertThat(first.getJWTClaimsSet().getSubject()).isEqualTo("d1");
            assertThat(first.getJWTClaimsSet().getAudience()).containsExactly("https://backend.example");
            assertThat(sentTo(gateway, 1).serialize()).isEqualTo(first.serialize());
            assertThat(sentTo(gateway, 2).getJWTClaimsSet().getSubject()).isEqualTo("d2");
            assertThat(gateway.metrics())
                    .contains(
                            "coapgate_token_exchanges_total{exchange=\"corporate\",outcome=\"issued\"} 2.0",
                            "coapgate_token_exchanges_total{exchange=\"corporate\",outcome=\"token_server_busy\"} 0.0",
                            "coapgate_token_exchanges_in_flight{exchange=\"corporate\"} 0.0");
        } finally {
            idp.shutdown();
        }
    }

    /** What an OAuth server that trusts the gateway does with what it is shown. */
    @Test
    void theOAuthServerCanVerifyWhoTheDeviceIsByTheGatewaysOwnKeys(@TempDir Path directory) throws Exception {
        MockOAuth2Server idp = new MockOAuth2Server();
        idp.start(InetAddress.getLoopbackAddress(), 0);
        try (RunningGateway gateway = new RunningGateway(
                        directory, "", TOKEN_EXCHANGE.formatted(idp.baseUrl().port()));
                RawCoapClient device = gateway.device("sensor-1")) {
            assertThat(device.exchange(con("0.01", 1, "open")).codeText()).isEqualTo("2.05");
            SignedJWT shown = subjectToken(idp);
            JWK key = JWKSet.parse(gateway.publicDocument("/.well-known/jwks.json"))
                    .getKeyByKeyId(shown.getHeader().getKeyID());
            assertThat(shown.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
            assertThat(shown.getJWTClaimsSet().getIssuer()).isEqualTo("https://gateway.example");
            assertThat(shown.getJWTClaimsSet().getSubject()).isEqualTo("d1");
            assertThat(shown.getJWTClaimsSet().getAudience())
                    .containsExactly("http://127.0.0.1:" + idp.baseUrl().port() + "/idp");
        } finally {
            idp.shutdown();
        }
    }

    /** Of the first token request; what comes before it asks for metadata. */
    private static SignedJWT subjectToken(MockOAuth2Server idp) throws Exception {
        String form = idp.takeRequest().getBody().readUtf8();
        while (!form.contains("subject_token=")) {
            form = idp.takeRequest().getBody().readUtf8();
        }
        return SignedJWT.parse(form.replaceAll(".*subject_token=([^&]*).*", "$1"));
    }

    @Test
    void withoutTheOAuthServerADeviceIsToldWhenToComeAgainAndTheServiceHearsNothing(@TempDir Path directory)
            throws Exception {
        try (RunningGateway gateway = new RunningGateway(directory, "", TOKEN_EXCHANGE.formatted(1));
                RawCoapClient device = gateway.device("sensor-1")) {
            RawMessage answer = device.exchange(con("0.01", 1, "open"));
            assertThat(answer.codeText()).isEqualTo("5.03");
            assertThat(answer.uint(RawMessage.MAX_AGE)).isEqualTo(1);
            assertThat(gateway.calls()).isEmpty();
            assertThat(gateway.metrics()).contains("coapgate_refusals_total{reason=\"token_server_unreachable\"} 1.0");
        }
    }
}
