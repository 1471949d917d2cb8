package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyFormatException.Reason;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwkReaderTest {
    private static final String X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private static final String ED25519_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    private static final String D = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

    @Test
    void readsPrivateKeysOfBothCurves() throws KeyFormatException {
        for (String json : new String[] {PublishedVectors.P256_PRIVATE, PublishedVectors.ED25519_PRIVATE}) {
            KeyPair pair = JwkReader.keyPair(json);

            assertThat(JwkReader.keyPair(json).getPrivate()).isEqualTo(pair.getPrivate());
            assertThat(PublicJwk.of(pair.getPublic()).toJson()).containsAnyOf(X, ED25519_X);
        }
    }

    @Test
    void readsSymmetricKeys() throws KeyFormatException {
        SecretBytes secret = JwkReader.secret("{\"kty\":\"oct\",\"k\":\"AQIDBA\"}");

        assertThat(secret.expose()).containsExactly(1, 2, 3, 4);
    }

    static Stream<Arguments> refusedPublicKeys() {
        String p256 = PublishedVectors.P256_PUBLIC;
        String ed25519 = PublishedVectors.ED25519_PUBLIC;
        return Stream.of(
                refused("nothing", "", Reason.MALFORMED),
                refused("the text null", "null", Reason.MALFORMED),
                refused("an array", "[]", Reason.MALFORMED),
                refused("trailing text", ed25519 + "{}", Reason.MALFORMED),
                refused("a member twice", ed25519.replace("{", "{\"kty\":\"OKP\","), Reason.MALFORMED),
                refused("deep nesting", "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}", Reason.MALFORMED),
                refused("too much", " ".repeat(JwkReader.MAX_LENGTH) + ed25519, Reason.TOO_LARGE),
                refused("no type", "{}", Reason.MALFORMED),
                refused("a type that is a number", "{\"kty\":1}", Reason.MALFORMED),
                refused("an unknown type", ed25519.replace("OKP", "okp"), Reason.UNSUPPORTED),
                refused("an unknown curve", ed25519.replace("Ed25519", "Ed448"), Reason.UNSUPPORTED),
                refused("no curve", "{\"kty\":\"EC\",\"x\":\"\"}", Reason.UNSUPPORTED),
                refused("a curve of another type", p256.replace("EC", "OKP"), Reason.UNSUPPORTED),
                refused("a point off the curve", p256.replace("x_FEz", "y_FEz"), Reason.INVALID_POINT),
                refused("a short coordinate", p256.replace(X, X.substring(4)), Reason.MALFORMED),
                refused("a long coordinate", p256.replace(X, "AAAA" + X), Reason.MALFORMED),
                refused("padding", p256.replace(X, X + "="), Reason.MALFORMED),
                refused("plain base64", p256.replace("x_FEz", "x/FEz"), Reason.MALFORMED),
                refused("stray bits", p256.replace("RVEU\"", "RVEV\""), Reason.MALFORMED),
                refused("the neutral point", ed25519(1, 0), Reason.INVALID_POINT),
                refused("a point not on Edwards' curve", ed25519(2, 0), Reason.INVALID_POINT),
                refused("a private key", PublishedVectors.P256_PRIVATE, Reason.MALFORMED),
                refused("a symmetric key", "{\"kty\":\"oct\",\"k\":\"AQIDBA\"}", Reason.MALFORMED),
                refused("a short RSA key", "{\"kty\":\"RSA\",\"n\":\"" + D + "\",\"e\":\"AQAB\"}", Reason.UNSUPPORTED),
                refused("RSA's exponent 1", PublishedVectors.RSA_PUBLIC.replace("AQAB", "AQ"), Reason.UNSUPPORTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedPublicKeys")
    void refusesAsAPublicKey(String what, String json, Reason reason) {
        assertThat(refusal(() -> JwkReader.publicKey(json)).reason()).as(what).isEqualTo(reason);
    }

    @Test
    void refusesAPublicKeyWhereAPrivateOneIsNeeded() {
        assertThat(refusal(() -> JwkReader.keyPair(PublishedVectors.P256_PUBLIC))
                        .reason())
                .isEqualTo(Reason.MISSING_KEY);
    }

    @Test
    void refusesAPrivateKeyUnderAnotherKeysPublicHalf() {
        String mixed = PublishedVectors.P256_PRIVATE.replace(D, D.replace('j', 'k'));

        assertThat(refusal(() -> JwkReader.keyPair(mixed)).reason()).isEqualTo(Reason.INVALID_POINT);
    }

    @Test
    void refusesAPrivateKeyOutOfRange() {
        String zero = PublishedVectors.P256_PRIVATE.replace(D, "A".repeat(43));
        String order = PublishedVectors.P256_PRIVATE.replace(D, "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE");

        assertThat(refusal(() -> JwkReader.keyPair(zero)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(() -> JwkReader.keyPair(order)).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesSymmetricKeysThatAreEmptyOrNone() {
        assertThat(refusal(() -> JwkReader.secret("{\"kty\":\"oct\",\"k\":\"\"}"))
                        .reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(() -> JwkReader.secret("{\"kty\":\"oct\"}")).reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(() -> JwkReader.secret(PublishedVectors.P256_PRIVATE))
                        .reason())
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void refusalsRepeatNothingOfTheKey() {
        String broken = PublishedVectors.P256_PRIVATE.replace(D, D + "!");

        KeyFormatException refusal = refusal(() -> JwkReader.keyPair(broken));

        assertThat(refusal).hasMessageNotContaining(D).hasNoCause();
    }

    private static KeyFormatException refusal(ThrowingCallable reading) {
        KeyFormatException refusal = catchThrowableOfType(KeyFormatException.class, reading);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static Arguments refused(String what, String json, Reason reason) {
        return Arguments.of(what, json, reason);
    }

    private static String ed25519(int firstByte, int lastByte) {
        byte[] encoded = new byte[32];
        encoded[0] = (byte) firstByte;
        encoded[31] = (byte) lastByte;
        return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + Base64Url.encode(encoded) + "\"}";
    }
}
