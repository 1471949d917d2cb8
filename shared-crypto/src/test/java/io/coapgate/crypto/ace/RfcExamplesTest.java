package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The messages that RFC 9200's appendix, RFC 9201 and RFC 9202 show in diagnostic notation, in the order in which they
 * show their parameters. Where one omits the rest of a token or key, the token is as short as that; those of RFC 9200 §5 are in
 * the tests of the single messages.
 */
class RfcExamplesTest {
    private static final KeyId SOME_KEY = KeyId.ofUtf8("some public key id");
    private static final int MAX_BYTES = 512;

    private static PublicKey p256(String x, String y) throws Exception {
        return EcCurve.P_256.publicKey(hex(x), hex(y));
    }

    private static CoseKey key(Confirmation confirmation) {
        return ((Confirmation.OfKey) confirmation).key();
    }

    /** The deployment examples. */
    @Nested
    class Rfc9200AppendixF {
        private static final String CLIENT_KID = base64("1Bg8vub9tLe1gHMzV76e");
        private static final String CLIENT_X = base64("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        private static final String CLIENT_Y = base64("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        private static final String CLIENT_KEY =
                "a5" + "024f" + CLIENT_KID + "0102" + "2001" + "215820" + CLIENT_X + "225820" + CLIENT_Y;
        private static final String SERVER_X = base64("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4");
        private static final String SERVER_Y = base64("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");
        private static final String OPAQUE = base64("VGVzdCB0b2tlbg==");
        private static final String SOME_KID = base64("c29tZSBwdWJsaWMga2V5IGlk");

        @Test
        void figure12TheRequestWithAPublicKey() throws Exception {
            byte[] example = hex(
                    "a3" + "05" + text("tempSensorInLivingRoom") + "1818" + text("myclient") + "04a101" + CLIENT_KEY);
            AccessTokenRequest request = AccessTokenRequest.decode(example, MAX_BYTES);
            assertThat(request.audience()).contains("tempSensorInLivingRoom");
            assertThat(request.clientId()).contains("myclient");
            CoseKey wanted = key(request.requestedKey().orElseThrow());
            assertThat(wanted.keyId()).contains(KeyId.of(hex(CLIENT_KID)));
            assertThat(wanted.publicKey()).contains(p256(CLIENT_X, CLIENT_Y));
        }

        @Test
        void figure12TheResponseWithTheServersKey() throws Exception {
            String token = base64("0INDoQEKoQVNKkXfb7xaWqMT");
            byte[] example = hex("a2" + "0152" + token + "1829a101" + "a5" + "0252" + SOME_KID + "0102" + "2001"
                    + "215820" + SERVER_X + "225820" + SERVER_Y);
            AccessTokenResponse response = AccessTokenResponse.decode(example, MAX_BYTES);
            assertThat(response.accessToken()).isEqualTo(hex(token)).startsWith(hex("d08343a1010aa1054d"));
            CoseKey servers = key(response.serverKey().orElseThrow());
            assertThat(servers.keyId()).contains(SOME_KEY);
            assertThat(servers.publicKey()).contains(p256(SERVER_X, SERVER_Y));
        }

        @Test
        void figure13TheClaimsOfThatToken() throws Exception {
            byte[] example = hex("a5" + "03" + text("tempSensorInLivingRoom") + "061a5d30606c" + "041a5d306648" + "09"
                    + text("temperature_g firmware_p") + "08a101" + CLIENT_KEY);
            CwtClaims claims = CwtClaims.decode(example, MAX_BYTES);
            assertThat(claims.audience()).containsExactly("tempSensorInLivingRoom");
            assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1_563_451_500));
            assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_563_453_000));
            assertThat(claims.scope()).contains("temperature_g firmware_p");
            assertThat(key(claims.confirmation().orElseThrow()).publicKey()).contains(p256(CLIENT_X, CLIENT_Y));
        }

        @Test
        void figure17AnOpaqueTokenForASymmetricKey() throws Exception {
            AccessTokenRequest request =
                    AccessTokenRequest.decode(hex("a2" + "1818" + text("keyfob") + "05" + text("PACS1337")), MAX_BYTES);
            assertThat(request.audience()).contains("PACS1337");
            String secret = base64("ZoRSOrFzN_FzUA5XKMYoVHyzff5oRJxl-IXRtztJ6uE");
            AccessTokenResponse response = AccessTokenResponse.decode(
                    hex("a2" + "014a" + OPAQUE + "08a101" + "a3" + "0252" + SOME_KID + "0104" + "205820" + secret),
                    MAX_BYTES);
            assertThat(response.accessToken())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("Test token");
            CoseKey key = key(response.key().orElseThrow());
            assertThat(key.keyId()).contains(SOME_KEY);
            assertThat(key.secret()).contains(SecretBytes.copyOf(hex(secret)));
        }

        @Test
        void figure19ItsIntrospection() throws Exception {
            byte[] asked = hex("a2" + "0b4a" + OPAQUE + "1818" + text("FrontDoor"));
            assertThat(IntrospectionRequest.decode(asked, MAX_BYTES).token()).isEqualTo(hex(OPAQUE));
            byte[] answer = hex("a5" + "0af5" + "03" + text("lockOfDoor4711") + "09" + text("open close")
                    + "061a5d306a30" + "08a10352" + SOME_KID);
            CwtClaims claims =
                    IntrospectionResponse.decode(answer, MAX_BYTES).claims().orElseThrow();
            assertThat(claims.audience()).containsExactly("lockOfDoor4711");
            assertThat(claims.scope()).contains("open close");
            assertThat(claims.issuedAt()).contains(Instant.ofEpochSecond(1_563_454_000));
            assertThat(claims.confirmation()).contains(Confirmation.of(SOME_KEY));
        }
    }

    @Nested
    class Rfc9201 {
        private static final String X = "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff";
        private static final String Y = "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e";
        private static final String CLIENT_KEY = "a5" + "0102" + "024111" + "2001" + "215820" + X + "225820" + Y;

        @Test
        void figure1TheRequestWithAPublicKey() throws Exception {
            byte[] example = hex("a1" + "04a101" + CLIENT_KEY);
            AccessTokenRequest request = AccessTokenRequest.decode(example, MAX_BYTES);
            assertThat(key(request.requestedKey().orElseThrow()).publicKey()).contains(p256(X, Y));
            assertThat(request.encode()).isEqualTo(example);
        }

        @Test
        void figure2TheResponseWithASymmetricKey() throws Exception {
            byte[] example = hex("a2" + "01474a5015df686428" + "08a101" + "a3" + "0104" + "0244dfd1aa97"
                    + "2051849b5786457c1491be3a76dcea6c427108");
            AccessTokenResponse response = AccessTokenResponse.decode(example, MAX_BYTES);
            CoseKey key = key(response.key().orElseThrow());
            assertThat(key.keyId()).contains(KeyId.of(hex("dfd1aa97")));
            assertThat(key.secret()).contains(SecretBytes.copyOf(hex("849b5786457c1491be3a76dcea6c427108")));
            assertThat(response.encode()).isEqualTo(example);
        }

        @Test
        void figure3TheResponseWithTheServersKey() throws Exception {
            String x = "bcee7eaac162f91e6f330f5771211e220b8b546c96589b0ac4ad0fd24c77e1f1";
            String y = "c647b38c55efbbc4e62e651720f002d5d75b2e0c02cd1326e662bca222b90416";
            byte[] example = hex("a2" + "0150d08343a1010aa1054d2a45df6fbc5a5a" + "1829a101" + "a5" + "0102" + "024112"
                    + "2001" + "215820" + x + "225820" + y);
            AccessTokenResponse response = AccessTokenResponse.decode(example, MAX_BYTES);
            assertThat(key(response.serverKey().orElseThrow()).publicKey()).contains(p256(x, y));
            assertThat(response.encode()).isEqualTo(example);
        }

        @Test
        void figure4TheIntrospection() throws Exception {
            byte[] example =
                    hex("a4" + "0af5" + "09" + text("read") + "03" + text("tempSensor4711") + "08a101" + CLIENT_KEY);
            CwtClaims claims =
                    IntrospectionResponse.decode(example, MAX_BYTES).claims().orElseThrow();
            assertThat(claims.audience()).containsExactly("tempSensor4711");
            CoseKey key = key(claims.confirmation().orElseThrow());
            assertThat(key.keyId()).contains(KeyId.of(hex("11")));
            assertThat(key.publicKey()).contains(p256(X, Y));
        }
    }

    /** Its public keys are cut off; the one that can be told, by its beginning, is that of RFC 8747 §3.2. */
    @Nested
    class Rfc9202 {
        private static final String X = "d7cc072de2205bdc1537a543d53c60a6acb62eccd890c7fa27c9e354089bbe13";
        private static final String Y = "f95e1d4b851a2cc80fff87d8e23f22afb725d535e515d020731e79a3b4e47120";
        private static final String KEY = "a4" + "0102" + "2001" + "215820" + X + "225820" + Y;
        private static final KeyId KID = KeyId.of(hex("3d027833fc6267ce"));

        /** §3.2.1. */
        @Test
        void theRequestWithARawPublicKey() throws Exception {
            byte[] example = hex("a3" + "182102" + "05" + text("tempSensor4711") + "04a101" + KEY);
            AccessTokenRequest request = AccessTokenRequest.decode(example, MAX_BYTES);
            assertThat(request.grantType()).isEqualTo(GrantType.CLIENT_CREDENTIALS);
            assertThat(request.audience()).contains("tempSensor4711");
            assertThat(key(request.requestedKey().orElseThrow()).publicKey()).contains(p256(X, Y));
        }

        /** §3.2.1. */
        @Test
        void theResponseWithTheServersRawPublicKey() throws Exception {
            byte[] example = hex("a3" + "0146" + base64("SlAV32hk") + "02190e10" + "1829a101" + KEY);
            AccessTokenResponse response = AccessTokenResponse.decode(example, MAX_BYTES);
            assertThat(response.expiresIn()).contains(Duration.ofHours(1));
            assertThat(key(response.serverKey().orElseThrow()).publicKey()).contains(p256(X, Y));
            assertThat(response.encode()).isEqualTo(example);
        }

        /** §3.3.1. */
        @Test
        void theResponseWithASymmetricKey() throws Exception {
            byte[] example = hex("a5" + "0144d08343a1" + "182202" + "021a00015180" + "182601" + "08a101" + "a3" + "0104"
                    + "02483d027833fc6267ce" + "204a73657373696f6e6b6579");
            AccessTokenResponse response = AccessTokenResponse.decode(example, MAX_BYTES);
            assertThat(response.expiresIn()).contains(Duration.ofDays(1));
            assertThat(response.profile()).hasValue(AceProfile.COAP_DTLS);
            CoseKey key = key(response.key().orElseThrow());
            assertThat(key.keyId()).contains(KID);
            assertThat(key.secret()).contains(SecretBytes.copyOf("sessionkey".getBytes(StandardCharsets.US_ASCII)));
        }

        /** §3.3.1, a token without keying material: a key that is derived goes by its name. */
        @Test
        void theClaimThatOnlyNamesTheKey() throws Exception {
            CwtClaims claims =
                    CwtClaims.decode(hex("a1" + "08a101" + "a2" + "0104" + "02483d027833fc6267ce"), MAX_BYTES);
            assertThat(claims.confirmation()).contains(Confirmation.of(KID));
        }
    }

    /** A text string of up to 255 bytes. */
    private static String text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String head = utf8.length < 24 ? "%02x".formatted(0x60 + utf8.length) : "78%02x".formatted(utf8.length);
        return head + HexFormat.of().formatHex(utf8);
    }

    private static String base64(String text) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(text));
    }
}
