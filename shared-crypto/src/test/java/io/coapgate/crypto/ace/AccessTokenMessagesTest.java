package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceFormatException.Reason;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenMessagesTest {

    private static final String X = base64("usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8");
    private static final String Y = base64("IBOL+C3BttVivg+lSreASjpkttcsz+1rb7btKLv8EX4");

    @Nested
    class Requests {

        /** RFC 9200 §5.8.1, the request for a symmetric key. */
        @Test
        void readAndWriteTheExampleWithASymmetricKey() throws Exception {
            byte[] example = hex("a2" + "05" + text("tempSensor4711") + "1818" + text("myclient"));
            AccessTokenRequest request = AccessTokenRequest.decode(example, 100);
            assertThat(request.grantType()).isEqualTo(GrantType.CLIENT_CREDENTIALS);
            assertThat(request.clientId()).contains("myclient");
            assertThat(request.audience()).contains("tempSensor4711");
            assertThat(request.requestedKey()).isEmpty();
            assertThat(request.encode()).isEqualTo(example);
        }

        /** RFC 9200 §5.8.1, the request for an asymmetric key. */
        @Test
        void readTheExampleWithAPublicKey() throws Exception {
            String key = "a5" + "0102" + "024111" + "2001" + "215820" + X + "225820" + Y;
            byte[] example = hex("a2" + "1818" + text("myclient") + "04" + "a101" + key);
            AccessTokenRequest request = AccessTokenRequest.decode(example, 200);
            Confirmation.OfKey wanted =
                    (Confirmation.OfKey) request.requestedKey().orElseThrow();
            assertThat(wanted.key().type()).isEqualTo(CoseKey.Type.EC2);
            assertThat(wanted.key().keyId()).contains(KeyId.of(hex("11")));
        }

        /** RFC 9200 §5.8.1, the request that names a key. */
        @Test
        void readTheExampleThatNamesAKey() throws Exception {
            byte[] example = hex("a4" + "1818" + text("myclient") + "05" + text("valve424") + "09" + text("read") + "04"
                    + "a10348" + base64("6kg0dXJM13U"));
            AccessTokenRequest request = AccessTokenRequest.decode(example, 100);
            assertThat(request.scope()).contains(AceScope.of("read"));
            assertThat(request.requestedKey()).contains(Confirmation.of(KeyId.of(hex(base64("6kg0dXJM13U")))));
        }

        /** RFC 9202 §3.3.1: a request for an implicit symmetric key. */
        @Test
        void readAndWriteTheExampleOfRfc9202() throws Exception {
            byte[] example = hex("a1" + "05" + text("smokeSensor1807"));
            assertThat(AccessTokenRequest.builder()
                            .audience("smokeSensor1807")
                            .build()
                            .encode())
                    .isEqualTo(example);
            assertThat(AccessTokenRequest.decode(example, 100).audience()).contains("smokeSensor1807");
        }

        @Test
        void tellAskingForTheProfileFromNamingOne() throws Exception {
            AccessTokenRequest asking = AccessTokenRequest.decode(hex("a11826f6"), 100);
            assertThat(asking.asksForProfile()).isTrue();
            assertThat(asking.profile()).isEmpty();
            assertThat(asking.encode()).isEqualTo(hex("a11826f6"));
            AccessTokenRequest naming = AccessTokenRequest.decode(hex("a1182601"), 100);
            assertThat(naming.asksForProfile()).isFalse();
            assertThat(naming.profile()).isEqualTo(OptionalInt.of(AceProfile.COAP_DTLS));
            assertThat(naming.encode()).isEqualTo(hex("a1182601"));
        }

        @Test
        void carryEverythingThereAndBack() throws Exception {
            byte[] encoded = AccessTokenRequest.builder()
                    .grantType(0)
                    .clientId("c")
                    .clientSecret(SecretBytes.copyOf(hex("5ec7e7")))
                    .scope(AceScope.of(hex("80")))
                    .cnonce(hex("0102"))
                    .build()
                    .encode();
            AccessTokenRequest request = AccessTokenRequest.decode(encoded, 100);
            assertThat(request.encode()).isEqualTo(encoded);
            assertThat(request.grantType()).isZero();
            assertThat(request.clientSecret()).contains(SecretBytes.copyOf(hex("5ec7e7")));
            assertThat(request.scope()).contains(AceScope.of(hex("80")));
            assertThat(request.cnonce()).contains(hex("0102"));
            assertThat(request.toString()).doesNotContain("5ec7");
        }

        @ParameterizedTest
        @CsvSource({
            "not a map, MALFORMED, 80",
            "nothing, MALFORMED, ''",
            "one parameter twice, MALFORMED, a2056161056162",
            "an audience of bytes, INVALID_PARAMETER, a1054161",
            "a list of audiences, INVALID_PARAMETER, a105816161",
            "a scope of numbers, INVALID_PARAMETER, a10901",
            "a grant type in words, INVALID_PARAMETER, a1182172636c69656e745f63726564656e7469616c73",
            "a profile in words, INVALID_PARAMETER, a1182669636f61705f64746c73",
            "an empty secret, INVALID_PARAMETER, a1181940",
            "an empty cnonce, INVALID_PARAMETER, a1182740",
            "a cnonce of text, INVALID_PARAMETER, a118276161",
            "a key of no kind, INVALID_PARAMETER, a104a0",
            "two keys, INVALID_PARAMETER, a104a2034101024101",
            "an empty kid, INVALID_PARAMETER, a104a10340"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> AccessTokenRequest.decode(hex(encoded), 100));
        }

        @Test
        void ofTooManyBytesAreRefused() {
            assertReason(Reason.TOO_LARGE, () -> AccessTokenRequest.decode(new byte[101], 100));
            assertReason(
                    Reason.INVALID_PARAMETER,
                    () -> AccessTokenRequest.decode(hex("a118275841" + "00".repeat(65)), 100));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenRequest.builder().cnonce(new byte[65]));
        }
    }

    @Nested
    class Responses {

        /** RFC 9200 §5.8.2, with the profile as the number that erratum 8232 asks for. */
        private final byte[] example = hex("a4" + "01464a5015df6864" + "02190e10" + "08" + "a101" + "a3" + "0104"
                + "0244" + base64("39Gqlw") + "204f" + base64("hJtXhkV8FJG+Onbc6mxC") + "182601");

        @Test
        void readAndWriteTheExampleWithASymmetricKey() throws Exception {
            AccessTokenResponse response = AccessTokenResponse.decode(example, 200);
            assertThat(response.accessToken()).isEqualTo(hex("4a5015df6864"));
            assertThat(response.expiresIn()).contains(Duration.ofHours(1));
            assertThat(response.profile()).isEqualTo(OptionalInt.of(AceProfile.COAP_DTLS));
            CoseKey key = ((Confirmation.OfKey) response.key().orElseThrow()).key();
            assertThat(key.keyId()).contains(KeyId.of(hex(base64("39Gqlw"))));
            assertThat(key.secret()).contains(SecretBytes.copyOf(hex(base64("hJtXhkV8FJG+Onbc6mxC"))));
            assertThat(response.encode()).isEqualTo(example);
            assertThat(response.toString()).doesNotContain("4a50");
        }

        /** RFC 9202 §3.3.1: token_type PoP is what is meant anyway. */
        @Test
        void takeATokenThatSaysThatItIsForProofOfPossession() throws Exception {
            assertThat(AccessTokenResponse.decode(hex("a2014101182202"), 100).accessToken())
                    .isEqualTo(hex("01"));
        }

        @Test
        void carryScopeAndServerKeyThereAndBack() throws Exception {
            byte[] encoded = AccessTokenResponse.builder(hex("01"))
                    .scope(AceScope.of("read"))
                    .serverKey(Confirmation.of(KeyId.of(hex("02"))))
                    .build()
                    .encode();
            assertThat(encoded).isEqualTo(hex("a3" + "014101" + "09" + text("read") + "1829" + "a1034102"));
            AccessTokenResponse response = AccessTokenResponse.decode(encoded, 100);
            assertThat(response.scope()).contains(AceScope.of("read"));
            assertThat(response.serverKey()).contains(Confirmation.of(KeyId.of(hex("02"))));
            assertThat(response.expiresIn()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "no token, MISSING_PARAMETER, a0",
            "a token of text, INVALID_PARAMETER, a1016161",
            "a bearer token, INVALID_PARAMETER, a2014101182201",
            "a time before now, INVALID_PARAMETER, a20141010220",
            "a cnf of no kind, INVALID_PARAMETER, a201410108a0"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> AccessTokenResponse.decode(hex(encoded), 100));
        }

        @Test
        void areNotOfExpiredTokens() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenResponse.builder(hex("01")).expiresIn(Duration.ofSeconds(-1)));
        }
    }

    @Nested
    class Errors {

        /** RFC 9202 §3.3.1: a request with invalid parameters. */
        @Test
        void readAndWriteTheExample() throws Exception {
            assertThat(AccessTokenError.of(AceError.INVALID_REQUEST).encode()).isEqualTo(hex("a1181e01"));
            assertThat(AccessTokenError.decode(hex("a1181e01")))
                    .isEqualTo(AccessTokenError.of(AceError.INVALID_REQUEST));
        }

        /** RFC 9200 §8.4. */
        @ParameterizedTest
        @CsvSource({
            "INVALID_REQUEST, 1",
            "INVALID_CLIENT, 2",
            "INVALID_GRANT, 3",
            "UNAUTHORIZED_CLIENT, 4",
            "UNSUPPORTED_GRANT_TYPE, 5",
            "INVALID_SCOPE, 6",
            "UNSUPPORTED_POP_KEY, 7",
            "INCOMPATIBLE_ACE_PROFILES, 8"
        })
        void haveTheNumbersOfTheRegistry(AceError error, int number) throws Exception {
            byte[] encoded = hex("a1181e0" + number);
            assertThat(AccessTokenError.of(error).encode()).isEqualTo(encoded);
            assertThat(AccessTokenError.decode(encoded).error()).isEqualTo(error);
        }

        @Test
        void mayDescribeThemselves() throws Exception {
            byte[] encoded = hex("a2" + "181e06" + "181f" + text("no"));
            assertThat(AccessTokenError.decode(encoded).description()).contains("no");
            assertThat(AccessTokenError.decode(encoded).encode()).isEqualTo(encoded);
            assertThat(AceError.INCOMPATIBLE_ACE_PROFILES.oauthName()).isEqualTo("incompatible_ace_profiles");
        }

        @ParameterizedTest
        @CsvSource({
            "no error, MISSING_PARAMETER, a0",
            "an error that is not registered, INVALID_PARAMETER, a1181e09",
            "an error in words, INVALID_PARAMETER, a1181e6161"
        })
        void areRefusedWith(String name, Reason reason, String encoded) {
            assertReason(reason, () -> AccessTokenError.decode(hex(encoded)));
        }
    }

    private static void assertReason(Reason reason, ThrowingCallable decoding) {
        assertThatThrownBy(decoding)
                .isInstanceOf(AceFormatException.class)
                .extracting(e -> ((AceFormatException) e).reason())
                .isEqualTo(reason);
    }

    /** A text string of fewer than 24 bytes. */
    private static String text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits((byte) (0x60 + utf8.length))
                + HexFormat.of().formatHex(utf8);
    }

    private static String base64(String text) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    }
}
