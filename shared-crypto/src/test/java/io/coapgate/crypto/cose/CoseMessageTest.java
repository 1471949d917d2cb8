package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static io.coapgate.crypto.cose.CborText.bstr;
import static io.coapgate.crypto.cose.CborText.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PublicKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoseMessageTest {

    private static final int MAX = 1024;
    private static final byte[] NONE = CoseMessage.NO_AAD;
    private static final byte[] PAYLOAD = hex("546869732069732074686520636f6e74656e742e");

    private static final String SIGN1 = "d2";
    private static final String MAC0 = "d1";

    private final PublicKey p256 = EcCurve.P_256.publicKey(
            hex("bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"),
            hex("20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e"));
    private final VerificationKey es256 = VerificationKey.of(CoseAlgorithm.ES256, p256);
    private final SigningKey es256Signer = SigningKey.of(
            CoseAlgorithm.ES256,
            EcCurve.P_256.privateKey(hex("57c92077664146e876760c9520d054aa93c3afb04e306705db6090308507b4d3")));
    private final VerificationKey eddsa = VerificationKey.of(
            CoseAlgorithm.EDDSA,
            Ed25519.publicKey(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));
    private final SigningKey eddsaSigner = SigningKey.of(
            CoseAlgorithm.EDDSA,
            Ed25519.privateKey(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
    private final SecretBytes secret =
            SecretBytes.copyOf(hex("849b57219dae48de646d07dbb533566e976686457c1491be3a76dcea6c427188"));
    private final VerificationKey hs256 = VerificationKey.of(CoseAlgorithm.HMAC_256_256, secret);
    private final SigningKey hs256Maker = SigningKey.of(CoseAlgorithm.HMAC_256_256, secret);

    CoseMessageTest() throws Exception {}

    @Nested
    class Headers {

        @ParameterizedTest
        @CsvSource({
            "alg twice, INVALID_HEADER, a10126, a10126",
            "alg unprotected, INVALID_HEADER, '', a10126",
            "kid in both buckets, INVALID_HEADER, a2012604413 1, a1044131",
            "private label in both buckets, INVALID_HEADER, a201261a00011f6e00, a11a00011f6e00",
            "crit unprotected, INVALID_HEADER, a10126, a1028104",
            "kid as text, INVALID_HEADER, a10126, a1046131",
            "kid empty, INVALID_HEADER, a10126, a10440",
            "content type as bytes, INVALID_HEADER, a201260340, a0",
            "content type negative, INVALID_HEADER, a201260320, a0",
            "IV as text, INVALID_HEADER, a10126, a10560",
            "IV and Partial IV, INVALID_HEADER, a201260541aa, a10641bb",
            "bytes as label, INVALID_HEADER, a20126414100, a0",
            "bytes as unprotected label, INVALID_HEADER, a10126, a1414100",
            "no alg, UNSUPPORTED_ALGORITHM, a0, a0",
            "nothing protected, UNSUPPORTED_ALGORITHM, '', a0",
            "alg null, UNSUPPORTED_ALGORITHM, a101f6, a0",
            "alg of a big number, UNSUPPORTED_ALGORITHM, a1013bffffffffffffffff, a0",
            "alg of another structure, UNSUPPORTED_ALGORITHM, a10105, a0",
            "protected not a map, WRONG_STRUCTURE, 80, a0",
            "protected with trailing bytes, MALFORMED, a1012600, a0",
            "protected with duplicate alg, MALFORMED, a201260126, a0",
            "protected of indefinite length, MALFORMED, bf0126ff, a0",
            "protected integer too long, MALFORMED, a1013806, a0"
        })
        void areRefused(String name, Reason reason, String protectedHeader, String unprotected) {
            byte[] message = message(SIGN1, protectedHeader.replace(" ", ""), unprotected, "aa", "00".repeat(64));
            assertReason(reason, () -> CoseSign1.decode(message, MAX));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a2012602f6", "a201260280", "a20126028103", "a2012602811863", "a30126028118631863f6"})
        void critIsUnderstoodOrRefused(String protectedHeader) {
            byte[] message = message(SIGN1, protectedHeader, "a0", "aa", "00".repeat(64));
            assertReason(Reason.UNSUPPORTED_CRITICAL_HEADER, () -> CoseSign1.decode(message, MAX));
        }

        @Test
        void critOfWhatIsUnderstoodAndProtectedIsFine() throws Exception {
            CoseSign1 message =
                    CoseSign1.decode(message(SIGN1, "a3012602810303183c", "a0", "aa", "00".repeat(64)), MAX);
            assertThat(message.headers().algorithm()).isEqualTo(CoseAlgorithm.ES256);
        }

        @Test
        void othersAreIgnoredWhereTheyAreNotCritical() throws Exception {
            CoseSign1 message =
                    CoseSign1.decode(message(SIGN1, "a20126186301", "a2187880617801", "aa", "00".repeat(64)), MAX);
            assertThat(message.headers().keyId()).isEmpty();
        }

        @Test
        void kidMayBeProtected() throws Exception {
            CoseSign1 message = CoseSign1.decode(message(SIGN1, "a20126044131", "a0", "aa", "00".repeat(64)), MAX);
            assertThat(message.headers().keyId()).contains(KeyId.ofUtf8("1"));
        }
    }

    @Nested
    class Structure {

        @ParameterizedTest
        @CsvSource({
            "detached payload, DETACHED_PAYLOAD, d28443a10126a0f641aa",
            "three parts, WRONG_STRUCTURE, d28343a10126a041aa",
            "five parts, WRONG_STRUCTURE, d28543a10126a041aa41aa00",
            "a map, WRONG_STRUCTURE, d2a0",
            "protected as a map, WRONG_STRUCTURE, d284a10126a041aa41aa",
            "unprotected as bytes, WRONG_STRUCTURE, d28443a1012641a041aa41aa",
            "payload as text, WRONG_STRUCTURE, d28443a10126a061614 1aa",
            "signature null, WRONG_STRUCTURE, d28443a10126a041aaf6",
            "no tag, WRONG_STRUCTURE, 8443a10126a041aa41aa",
            "COSE_Sign, WRONG_STRUCTURE, d8628443a10126a041aa41aa",
            "COSE_Encrypt0, WRONG_STRUCTURE, d08343a10101a041aa",
            "tag 18 in two bytes, WRONG_STRUCTURE, d8128443a10126a041aa41aa",
            "tag 18 twice, MALFORMED, d2d28443a10126a041aa41aa",
            "tag inside, MALFORMED, d28443a10126a0c141aa41aa",
            "trailing byte, MALFORMED, d28443a10126a041aa41aa00",
            "tag alone, MALFORMED, d2",
            "nothing, WRONG_STRUCTURE, ''"
        })
        void isRefused(String name, Reason reason, String message) {
            assertReason(reason, () -> CoseMessage.decode(hex(message.replace(" ", "")), MAX));
        }

        @Test
        void isRefusedAsTheOther() {
            byte[] maced = CoseMac0.create(hs256Maker, PAYLOAD, NONE);
            byte[] signed = CoseSign1.create(eddsaSigner, PAYLOAD, NONE);
            assertReason(Reason.WRONG_STRUCTURE, () -> CoseSign1.decode(maced, MAX));
            assertReason(Reason.WRONG_STRUCTURE, () -> CoseMac0.decode(signed, MAX));
        }

        @Test
        void isRefusedIfTooLargeBeforeItIsParsed() throws Exception {
            byte[] message = CoseMac0.create(hs256Maker, PAYLOAD, NONE);
            assertThat(CoseMac0.decode(message, message.length)).isNotNull();
            assertReason(Reason.TOO_LARGE, () -> CoseMac0.decode(message, message.length - 1));
        }
    }

    @Nested
    class RoundTrips {

        @Test
        void verifyWithTheirOwnKeyAndData() throws Exception {
            byte[] aad = {1, 2, 3};
            assertThat(CoseSign1.decode(CoseSign1.create(es256Signer, PAYLOAD, aad), MAX)
                            .verify(es256, aad))
                    .isEqualTo(PAYLOAD);
            assertThat(CoseSign1.decode(CoseSign1.create(eddsaSigner, PAYLOAD, aad), MAX)
                            .verify(eddsa, aad))
                    .isEqualTo(PAYLOAD);
            assertThat(CoseMac0.decode(CoseMac0.create(hs256Maker, PAYLOAD, aad), MAX)
                            .verify(hs256, aad))
                    .isEqualTo(PAYLOAD);
        }

        @Test
        void ed25519AndHmacMakeTheBytesOfTheExamples() {
            assertThat(CoseMac0.create(hs256Maker, PAYLOAD, NONE))
                    .isEqualTo(hex(
                            "d18443a10105a054546869732069732074686520636f6e74656e742e5820a1a848d3471f9d61ee49018d244c"
                                    + "824772f223ad4f935293f1789fc3a08d8c58"));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 23, 24, 255, 256, 1000, 60_000})
        void payloadsOfEveryHeadLength(int length) throws Exception {
            byte[] payload = new byte[length];
            byte[] message = CoseMac0.create(hs256Maker.withKeyId(KeyId.ofUtf8("k")), payload, NONE);
            CoseMac0 decoded = CoseMac0.decode(message, StrictCbor.MAX_BYTES);
            assertThat(decoded.verify(hs256, NONE)).isEqualTo(payload);
            assertThat(decoded.headers().keyId()).contains(KeyId.ofUtf8("k"));
        }

        @Test
        void thumbprintsFollowWhatIsAuthenticatedAndNothingElse() throws Exception {
            byte[] plain = CoseMac0.create(hs256Maker, PAYLOAD, NONE);
            byte[] named = CoseMac0.create(hs256Maker.withKeyId(KeyId.ofUtf8("x")), PAYLOAD, NONE);
            byte[] other = CoseMac0.create(hs256Maker, new byte[] {1}, NONE);
            assertThat(CoseMac0.decode(plain, MAX).authenticatedThumbprint())
                    .isEqualTo(CoseMac0.decode(named, MAX).authenticatedThumbprint())
                    .isNotEqualTo(CoseMac0.decode(other, MAX).authenticatedThumbprint());
        }

        @Test
        void aKeyMakesOnlyItsOwnStructure() {
            assertThatIllegalArgumentException().isThrownBy(() -> CoseMac0.create(eddsaSigner, PAYLOAD, NONE));
            assertThatIllegalArgumentException().isThrownBy(() -> CoseSign1.create(hs256Maker, PAYLOAD, NONE));
        }
    }

    @Nested
    class AlgorithmsComeFromTheKey {

        @Test
        void aPublicKeyIsNeverAnHmacSecret() throws Exception {
            // The classic confusion: the attacker MACs with the bytes of the public key, which everybody knows.
            byte[] known = p256.getEncoded();
            SigningKey attacker = SigningKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(known));
            CoseMessage forged = CoseMessage.decode(CoseMac0.create(attacker, PAYLOAD, NONE), MAX);
            assertReason(Reason.ALGORITHM_MISMATCH, () -> forged.verify(es256, NONE));
        }

        @Test
        void aTruncatedMacIsNotTakenForTheWholeOrTheOtherWayRound() throws Exception {
            SigningKey shortMaker = SigningKey.of(CoseAlgorithm.HMAC_256_64, secret);
            CoseMessage shortened = CoseMessage.decode(CoseMac0.create(shortMaker, PAYLOAD, NONE), MAX);
            assertReason(Reason.ALGORITHM_MISMATCH, () -> shortened.verify(hs256, NONE));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 8, 16, 31, 33, 64})
        void aMacOfAnotherLengthIsRefused(int length) throws Exception {
            byte[] whole = CoseMac0.create(hs256Maker, PAYLOAD, NONE);
            String mac = "a1a848d3471f9d61ee49018d244c824772f223ad4f935293f1789fc3a08d8c58".repeat(2);
            byte[] cut = message(
                    MAC0, "a10105", "a0", "546869732069732074686520636f6e74656e742e", mac.substring(0, 2 * length));
            assertThat(CoseMac0.decode(whole, MAX).verify(hs256, NONE)).isEqualTo(PAYLOAD);
            assertReason(Reason.BAD_SIGNATURE, () -> CoseMac0.decode(cut, MAX).verify(hs256, NONE));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
                    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                })
        void ecdsaSignaturesOfZeroOrOutOfRangeAreRefused(String part) throws Exception {
            CoseMessage forged = CoseMessage.decode(message(SIGN1, "a10126", "a0", "aa", part + part), MAX);
            assertReason(Reason.BAD_SIGNATURE, () -> forged.verify(es256, NONE));
        }

        @Test
        void derSignaturesAreRefused() throws Exception {
            CoseMessage der =
                    CoseMessage.decode(message(SIGN1, "a10126", "a0", "aa", "30440220" + "01".repeat(66)), MAX);
            assertReason(Reason.BAD_SIGNATURE, () -> der.verify(es256, NONE));
        }

        @ParameterizedTest
        @EnumSource(CoseAlgorithm.class)
        void keysMustFitTheirAlgorithm(CoseAlgorithm algorithm) {
            if (algorithm.kind() == CoseAlgorithm.Kind.MAC) {
                assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(algorithm, p256));
                assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(algorithm, SecretBytes.copyOf(new byte[31])));
                assertReason(Reason.INVALID_KEY, () -> SigningKey.of(algorithm, SecretBytes.copyOf(new byte[257])));
            } else {
                assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(algorithm, secret));
                assertReason(Reason.INVALID_KEY, () -> SigningKey.of(algorithm, secret));
            }
            if (algorithm == CoseAlgorithm.EDDSA) {
                assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(algorithm, p256));
            }
        }
    }

    @Test
    void nothingShowsASecret() throws Exception {
        String shown = String.join(
                " ",
                hs256.toString(),
                hs256Maker.withKeyId(KeyId.ofUtf8("k1")).toString(),
                es256Signer.toString(),
                CoseMac0.decode(CoseMac0.create(hs256Maker, PAYLOAD, NONE), MAX).toString());
        assertThat(shown)
                .doesNotContain("849b57")
                .contains("HMAC_256_256", "kid k1")
                .doesNotContain("content");
    }

    @Test
    void helperWritesHeadsOfBothLengths() {
        assertThat(bstr("aa")).isEqualTo("41aa");
        assertThat(bstr("00".repeat(24))).startsWith("5818");
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
