package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Pki;
import io.coapgate.gateway.upstream.RawServer;
import io.coapgate.gateway.upstream.TlsMaterial;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 8705: the connection's certificate is the client's authentication. */
class MutualTlsTest {
    private final Pki pki = new Pki("authority");

    MutualTlsTest() throws Exception {}

    private static RawServer.Script answering() {
        String token = FakeTokenServer.jwt("{\"aud\":\"https://backend.example\"}");
        String body = "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":300}";
        return peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                    + "\r\n\r\n" + body);
        };
    }

    private static OAuthSettings settings(RawServer server, TlsMaterial tls) {
        TlsSource source = () -> tls;
        URI url = URI.create("https://localhost:" + server.port() + "/token");
        return new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.CLIENT_CREDENTIALS,
                new ServerSettings(Optional.empty(), Optional.of(url), source, Duration.ofSeconds(30), 4, 4),
                new ClientSettings.WithCertificate("coapgate"),
                Exchanges.message(AudienceParameter.NONE, "", Map.of()),
                Exchanges.STRICT);
    }

    @Test
    void theServerSeesTheCertificateAndTheClientId() throws Exception {
        TlsMaterial tls = new TlsMaterial(List.of(pki.authority()), Optional.of(pki.client("coapgate")));
        try (Exchanges exchanges = new Exchanges();
                RawServer server = RawServer.start(answering(), pki.listening(pki.server("localhost"), true))) {
            assertThat(Exchanges.token(exchanges.open(settings(server, tls)), request("d1")))
                    .isNotNull();
            assertThat(server.clients()).containsExactly("CN=coapgate");
            assertThat(server.requests().get(0)).contains("client_id=coapgate").doesNotContain("secret");
        }
    }

    @Test
    void aServerThatNobodyVouchesForGetsNothing() throws Exception {
        TlsMaterial stranger =
                new TlsMaterial(List.of(new Pki("another").authority()), Optional.of(pki.client("coapgate")));
        try (Exchanges exchanges = new Exchanges();
                RawServer server = RawServer.start(answering(), pki.listening(pki.server("localhost"), false))) {
            assertThat(Exchanges.failure(exchanges.open(settings(server, stranger)), request("d1"))
                            .reason())
                    .isEqualTo(Refusal.TOKEN_SERVER_UNREACHABLE);
            assertThat(server.requests()).isEmpty();
        }
    }
}
