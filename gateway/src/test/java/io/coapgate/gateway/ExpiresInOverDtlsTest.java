package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.ace.RemainingLifetime;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9200 §5.10.3 with real handshakes: tokens that live from their first arrival on. */
class ExpiresInOverDtlsTest {
    private static final String ON = "devices: enrolled\n      expires-in: {max-lifetime: 10m}";
    private static final String SECRET = "0123456789abcdef";
    private static final TokenNumbering NUMBERING = new TokenNumbering("coapgate", TokenNumbering.Form.BINARY);

    private final Path directory;

    ExpiresInOverDtlsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static byte[] token(AceGateway gateway, long number, Duration exi) {
        return gateway.encrypted(CwtClaims.builder()
                .subject("d1")
                .audience("coapgate")
                .scope("read")
                .id(NUMBERING.id(number))
                .expiresIn(exi)
                .confirmation(AceGateway.key("k1", SECRET))
                .build());
    }

    @Test
    void anUploadTellsWhatIsLeftOfTheTokensLifeAndAnotherDoesNotProlongIt() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, ON)) {
            byte[] token = token(gateway, 7, Duration.ofMinutes(10));
            assertThat(remaining(upload(gateway, token))).isEqualTo(Duration.ofMinutes(10));
            gateway.clock().advance(Duration.ofMinutes(4));
            assertThat(remaining(upload(gateway, token))).isEqualTo(Duration.ofMinutes(6));
            try (PskClient client = named(gateway)) {
                assertThat(get(client)).isEqualTo(ResponseCode.CONTENT);
                gateway.clock().advance(Duration.ofMinutes(6));
                assertThat(get(client)).isEqualTo(ResponseCode.UNAUTHORIZED);
            }
            assertThat(upload(gateway, token).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(upload(gateway, token(gateway, 6, Duration.ofMinutes(10)))
                            .getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(upload(gateway, token(gateway, 8, Duration.ofMinutes(10)))
                            .getCode())
                    .isEqualTo(ResponseCode.CREATED);
        }
    }

    /** RFC 9202 §4: a new token for the same key replaces the one before; RFC 9200 §5.10.3 says which is new. */
    @Test
    void aTokenThatWaitsGivesWayToAHigherNumberOnly() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, ON)) {
            assertThat(upload(gateway, token(gateway, 8, Duration.ofMinutes(10)))
                            .getCode())
                    .isEqualTo(ResponseCode.CREATED);
            assertThat(upload(gateway, token(gateway, 7, Duration.ofMinutes(5))).getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(gateway.metrics().lines())
                    .contains("coapgate_tokens_refused_total{reason=\"token_replayed\"} 1.0");
            gateway.clock().advance(Duration.ofMinutes(6));
            try (PskClient client = named(gateway)) {
                assertThat(get(client)).as("the higher number's session").isEqualTo(ResponseCode.CONTENT);
                assertThat(upload(gateway, token(gateway, 9, Duration.ofMinutes(10)))
                                .getCode())
                        .isEqualTo(ResponseCode.CREATED);
                gateway.clock().advance(Duration.ofMinutes(6));
                assertThat(get(client)).as("prolonged").isEqualTo(ResponseCode.CONTENT);
            }
        }
    }

    @Test
    void aTokenInTheHandshakeEndsWhenItWouldHaveOverARestartToo() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, ON)) {
            byte[] token = token(gateway, 7, Duration.ofMinutes(10));
            try (PskClient client = new PskClient(gateway.coaps("psk"), token, SECRET.getBytes(UTF_8))) {
                assertThat(get(client)).isEqualTo(ResponseCode.CONTENT);
            }
            gateway.clock().advance(Duration.ofMinutes(8));
            gateway.restart();
            try (PskClient client = new PskClient(gateway.coaps("psk"), token, SECRET.getBytes(UTF_8))) {
                assertThat(get(client)).isEqualTo(ResponseCode.CONTENT);
                assertThat(jwtLifetime(gateway)).isEqualTo(120); // jwt.lifetime is 5 min
                gateway.clock().advance(Duration.ofMinutes(2));
                assertThat(get(client)).isEqualTo(ResponseCode.UNAUTHORIZED);
            }
            gateway.restart();
            try (PskClient client = new PskClient(gateway.coaps("psk"), token, SECRET.getBytes(UTF_8))) {
                client.impatient();
                assertThat(client.send(new Request(Code.GET), "/temp/1")).isNull();
            }
            gateway.awaitRefusedHandshake("token_expired");
        }
    }

    @Test
    void aTokenOnTheSessionCountsFromItsArrival() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, ON);
                RpkClient client = new RpkClient(gateway.coaps("rpk"), gateway.d3)) {
            byte[] token = gateway.signed(CwtClaims.builder()
                    .subject("d3")
                    .audience("coapgate")
                    .scope("read")
                    .id(NUMBERING.id(1))
                    .expiresIn(Duration.ofMinutes(10))
                    .confirmation(AceGateway.key(gateway.d3.getPublic()))
                    .build());
            assertThat(authzInfo(client, token)).isEqualTo(ResponseCode.CREATED);
            gateway.awaitMetric("coapgate_tokens_with_exi 1.0");
            gateway.clock().advance(Duration.ofMinutes(9));
            assertThat(authzInfo(client, token)).isEqualTo(ResponseCode.CREATED);
            gateway.clock().advance(Duration.ofMinutes(1));
            assertThat(client.send(new Request(Code.GET), "/temp/1").getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(authzInfo(client, token)).isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    @Test
    void aSessionLosesItsTokenWhenOneOfAHigherNumberEndsBefore() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, ON);
                RpkClient client = new RpkClient(gateway.coaps("rpk"), gateway.d3)) {
            CwtClaims.Builder claims = CwtClaims.builder()
                    .subject("d3")
                    .audience("coapgate")
                    .scope("read")
                    .confirmation(AceGateway.key(gateway.d3.getPublic()));
            byte[] token = gateway.signed(
                    claims.id(NUMBERING.id(1)).expiresIn(Duration.ofMinutes(10)).build());
            assertThat(authzInfo(client, token)).isEqualTo(ResponseCode.CREATED);
            upload(gateway, token(gateway, 2, Duration.ofMinutes(1)));
            assertThat(client.send(new Request(Code.GET), "/temp/1").getCode()).isEqualTo(ResponseCode.CONTENT);
            gateway.clock().advance(Duration.ofMinutes(1));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(client.send(new Request(Code.GET), "/temp/1")
                                    .getCode())
                            .isEqualTo(ResponseCode.UNAUTHORIZED));
        }
    }

    @Test
    void withoutTheSectionATokenNeedsATimeToEndAt() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: enrolled")) {
            assertThat(upload(gateway, token(gateway, 7, Duration.ofMinutes(10)))
                            .getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    /** The other side: the gateway as the authorization server of a lamp that has no clock. */
    @Test
    void aTokenForAServerWithoutAClockCountsAndGoesOnCountingOverARestart() throws Exception {
        String section =
                "{issuer: as, audiences: [{audience: lamp, scopes: [read], lifetime: 10m, algorithm: HMAC 256/256, "
                        + "secret: \"0123456789abcdef0123456789abcdef\", derivation-secret: \"0123456789abcdef\", expires-in: {}}]}";
        TokenNumbering lamp = new TokenNumbering("lamp", TokenNumbering.Form.BINARY);
        long last = 0;
        for (int start = 0; start < 2; start++) {
            try (IssuingGateway gateway = new IssuingGateway(directory, section, Clock.systemUTC());
                    PskClient client = gateway.psk("sensor-1")) {
                VerifiedCwt token = forLamp(client);
                assertThat(token.claims().expiresAt()).isEmpty();
                assertThat(token.claims().expiresIn()).contains(Duration.ofMinutes(10));
                long number = lamp.numberOf(token.claims().id().orElseThrow()).orElseThrow();
                assertThat(number).isGreaterThan(last);
                last = number;
            }
        }
    }

    private static VerifiedCwt forLamp(PskClient client) throws Exception {
        Request request = new Request(Code.POST);
        request.getOptions().setContentFormat(19);
        request.setPayload(AccessTokenRequest.builder().audience("lamp").build().encode());
        CoapResponse response = client.send(request, "/token");
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        AccessTokenResponse granted = AccessTokenResponse.decode(response.getPayload(), 1024);
        assertThat(granted.expiresIn()).contains(Duration.ofMinutes(10));
        VerificationKey key = VerificationKey.of(
                CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));
        CwtPolicy policy = CwtPolicy.forAudience("lamp").acceptingExpiresIn();
        return new CwtVerifier(policy, Clock.systemUTC()).verify(granted.accessToken(), issuer -> List.of(key));
    }

    private static Response upload(AceGateway gateway, byte[] token) throws Exception {
        try (PlainClient client = new PlainClient(gateway.authzInfo())) {
            Request request = PlainClient.post("authz-info", token);
            request.getOptions().setAccept(19);
            return client.exchange(request);
        }
    }

    private static Duration remaining(Response response) throws Exception {
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        return RemainingLifetime.decode(response.getPayload(), 64);
    }

    private static ResponseCode authzInfo(RpkClient client, byte[] token) throws Exception {
        Request request = new Request(Code.POST);
        request.getOptions().setContentFormat(61);
        request.setPayload(token);
        return client.send(request, "/authz-info").getCode();
    }

    private static PskClient named(AceGateway gateway) {
        return new PskClient(gateway.coaps("psk"), PskIdentity.encode(KeyId.ofUtf8("k1")), SECRET.getBytes(UTF_8));
    }

    private static ResponseCode get(PskClient client) throws Exception {
        CoapResponse response = client.send(new Request(Code.GET), "/temp/1");
        return response.getCode();
    }

    /** In seconds, of the newest. */
    private static long jwtLifetime(AceGateway gateway) {
        String bearer = gateway.authorizations().get(gateway.authorizations().size() - 1);
        String claims = new String(Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]), UTF_8);
        return number(claims, "exp") - number(claims, "iat");
    }

    private static long number(String claims, String name) {
        var found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(claims);
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
