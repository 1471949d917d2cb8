package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.RFC8392_CLAIMS;
import static io.coapgate.crypto.TestVectors.RFC8392_ENCRYPTED;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_128;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.RFC8392_NESTED;
import static io.coapgate.crypto.TestVectors.hex;
import static io.coapgate.crypto.cose.CborText.bstr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.TestVectors;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CoseEncrypt0Test {

    private static final int MAX = 4096;
    private static final byte[] NONE = CoseMessage.NO_AAD;
    private static final byte[] PLAINTEXT = hex("546869732069732074686520636f6e74656e742e");
    private static final String KEY_BYTES = "849b57219dae48de646d07dbb533566e976686457c1491be3a76dcea6c427188";
    private static final String IV_12 = "02d1f7e6f26c43d4868d87ce";

    static Stream<CoseAlgorithm> algorithms() {
        return Arrays.stream(CoseAlgorithm.values()).filter(one -> one.kind() == CoseAlgorithm.Kind.ENCRYPTION);
    }

    static Stream<CoseAlgorithm> withShortNonces() {
        return algorithms().filter(one -> one.nonceLength() == 7);
    }

    static Stream<CoseAlgorithm> withLongNonces() {
        return algorithms().filter(one -> one.nonceLength() != 7);
    }

    /** Appendix A of RFC 8392. */
    @Nested
    class Rfc8392 {

        private final DecryptionKey key =
                CoseKey.decode(RFC8392_KEY_128).decryptionKey(CoseAlgorithm.AES_CCM_16_64_128);

        Rfc8392() throws Exception {}

        @Test
        void a5IsAnEncryptedClaimsSet() throws Exception {
            CoseEncrypt0 message = CoseEncrypt0.decode(RFC8392_ENCRYPTED, MAX);
            assertThat(message.headers().keyId()).contains(KeyId.ofUtf8("Symmetric128"));
            assertThat(message.decrypt(key, NONE)).isEqualTo(RFC8392_CLAIMS);
        }

        @Test
        void a6IsASignedClaimsSetInsideAnEncryptedMessage() throws Exception {
            byte[] inner = CoseEncrypt0.decode(RFC8392_NESTED, MAX).decrypt(key, NONE);
            VerificationKey signer = CoseKey.decode(RFC8392_KEY_EC).verificationKey(CoseAlgorithm.ES256);
            assertThat(CoseSign1.decode(inner, MAX).verify(signer, NONE)).isEqualTo(RFC8392_CLAIMS);
        }
    }

    @Nested
    class RoundTrips {

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void everyAlgorithmDecryptsWhatItEncrypted(CoseAlgorithm algorithm) throws Exception {
            byte[] aad = {1, 2, 3};
            for (int length : new int[] {0, 1, 15, 16, 17, 255, 1000}) {
                byte[] plaintext = new byte[length];
                Arrays.fill(plaintext, (byte) 0x5a);
                byte[] message = CoseEncrypt0.create(encryptionKey(algorithm), iv(algorithm), plaintext, aad);
                CoseEncrypt0 decoded = CoseEncrypt0.decode(message, MAX);
                assertThat(decoded.headers().algorithm()).isEqualTo(algorithm);
                assertThat(decoded.decrypt(decryptionKey(algorithm), aad)).isEqualTo(plaintext);
            }
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void aPartialIvIsMadeWholeByTheBaseIv(CoseAlgorithm algorithm) throws Exception {
            byte[] baseIv = iv(algorithm);
            EncryptionKey encryptionKey = encryptionKey(algorithm).withBaseIv(baseIv);
            DecryptionKey decryptionKey = decryptionKey(algorithm).withBaseIv(baseIv);
            for (int length : new int[] {1, 2, algorithm.nonceLength()}) {
                byte[] partialIv = new byte[length];
                Arrays.fill(partialIv, (byte) 0xa5);
                byte[] message = CoseEncrypt0.createWithPartialIv(encryptionKey, partialIv, PLAINTEXT, NONE);
                CoseEncrypt0 decoded = CoseEncrypt0.decode(message, MAX);
                assertThat(decoded.headers().partialIv()).contains(partialIv);
                assertThat(decoded.decrypt(decryptionKey, NONE)).isEqualTo(PLAINTEXT);
                DecryptionKey other = decryptionKey(algorithm).withBaseIv(new byte[algorithm.nonceLength()]);
                assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(other, NONE));
            }
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#withLongNonces")
        void randomIvsAreOfTheRightLengthAndNeverTheSame(CoseAlgorithm algorithm) throws Exception {
            SecureRandom random = new SecureRandom();
            EncryptionKey key = encryptionKey(algorithm);
            CoseEncrypt0 one = CoseEncrypt0.decode(CoseEncrypt0.create(key, random, PLAINTEXT, NONE), MAX);
            CoseEncrypt0 two = CoseEncrypt0.decode(CoseEncrypt0.create(key, random, PLAINTEXT, NONE), MAX);
            assertThat(one.headers().iv().orElseThrow())
                    .hasSize(algorithm.nonceLength())
                    .isNotEqualTo(two.headers().iv().orElseThrow());
            assertThat(one.decrypt(decryptionKey(algorithm), NONE)).isEqualTo(PLAINTEXT);
            assertThat(two.decrypt(decryptionKey(algorithm), NONE)).isEqualTo(PLAINTEXT);
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#withShortNonces")
        void shortNoncesRefuseToBeRandom(CoseAlgorithm algorithm) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> CoseEncrypt0.create(encryptionKey(algorithm), new SecureRandom(), PLAINTEXT, NONE));
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void ivsOfOtherLengthsAreAProgrammersError(CoseAlgorithm algorithm) throws Exception {
            EncryptionKey key = encryptionKey(algorithm);
            EncryptionKey based = key.withBaseIv(iv(algorithm));
            int length = algorithm.nonceLength();
            for (int wrong : new int[] {0, length - 1, length + 1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> CoseEncrypt0.create(key, new byte[wrong], PLAINTEXT, NONE));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CoseEncrypt0.createWithPartialIv(based, new byte[length + 1], PLAINTEXT, NONE));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CoseEncrypt0.createWithPartialIv(key, new byte[1], PLAINTEXT, NONE));
        }

        @Test
        void theKeyNamesItselfInTheMessage() throws Exception {
            KeyId kid = KeyId.ofUtf8("k1");
            EncryptionKey named = encryptionKey(CoseAlgorithm.A128GCM).withKeyId(kid);
            byte[] message = CoseEncrypt0.create(named, hex(IV_12), PLAINTEXT, NONE);
            assertThat(CoseEncrypt0.decode(message, MAX).headers().keyId()).contains(kid);
            assertThat(TestVectors.hex(message)).startsWith("d08343a10101a20442" + "6b31" + "054c" + IV_12);
        }

        @Test
        void theNameIsForFindingTheKeyAndIsNotCompared() throws Exception {
            EncryptionKey named = encryptionKey(CoseAlgorithm.A128GCM).withKeyId(KeyId.ofUtf8("k1"));
            CoseEncrypt0 message = CoseEncrypt0.decode(CoseEncrypt0.create(named, hex(IV_12), PLAINTEXT, NONE), MAX);
            DecryptionKey other = decryptionKey(CoseAlgorithm.A128GCM).withKeyId(KeyId.ofUtf8("k2"));
            assertThat(message.decrypt(other, NONE)).isEqualTo(PLAINTEXT);
        }

        @Test
        void anIvMayBeProtected() throws Exception {
            byte[] protectedBytes = hex("a20101054c" + IV_12);
            byte[] additional = CoseEnvelope.additional(CoseEnvelope.Structure.ENCRYPT0, protectedBytes, NONE);
            byte[] ciphertext = encryptionKey(CoseAlgorithm.A128GCM).seal(hex(IV_12), PLAINTEXT, additional);
            byte[] message = message(TestVectors.hex(protectedBytes), "a0", TestVectors.hex(ciphertext));
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(decryptionKey(CoseAlgorithm.A128GCM), NONE))
                    .isEqualTo(PLAINTEXT);
        }

        @Test
        void anUntaggedMessageIsReadInsideAnotherStructure() throws Exception {
            byte[] tagged = CoseEncrypt0.create(encryptionKey(CoseAlgorithm.A128GCM), hex(IV_12), PLAINTEXT, NONE);
            CoseEncrypt0 inner =
                    CoseEncrypt0.ofCbor(StrictCbor.decode(Arrays.copyOfRange(tagged, 1, tagged.length), 500));
            assertThat(inner.decrypt(decryptionKey(CoseAlgorithm.A128GCM), NONE))
                    .isEqualTo(PLAINTEXT);
            assertThat(CoseEncrypt0.isTagged(tagged)).isTrue();
            assertThat(CoseEncrypt0.isTagged(Arrays.copyOfRange(tagged, 1, tagged.length)))
                    .isFalse();
            assertThat(CoseEncrypt0.isTagged(new byte[0])).isFalse();
        }
    }

    @Nested
    class IvRules {

        @ParameterizedTest
        @CsvSource({
            "none, a10101, a0",
            "empty, a10101, a10540",
            "of 11 bytes, a10101, a1054b02d1f7e6f26c43d4868d87",
            "of 13 bytes, a10101, a1054d02d1f7e6f26c43d4868d87ce00",
            "protected of 13 bytes, a20101054d02d1f7e6f26c43d4868d87ce00, a0",
            "of 12 bytes for CCM, a1010a, a1054c02d1f7e6f26c43d4868d87ce",
            "of 13 bytes for CCM with 7, a1010c, a1054d02d1f7e6f26c43d4868d87ce00",
            "as text, a10101, a1056c303132333435363738393031",
            "null, a10101, a105f6",
            "with a Partial IV, a10101, a2054c02d1f7e6f26c43d4868d87ce064100",
            "and Partial IV in the other bucket, a2010106 4100, a1054c02d1f7e6f26c43d4868d87ce",
            "in both buckets, a20101054c02d1f7e6f26c43d4868d87ce, a1054c02d1f7e6f26c43d4868d87ce",
            "Partial of 13 bytes, a10101, a1064d02d1f7e6f26c43d4868d87ce00",
            "Partial as text, a10101, a1066130"
        })
        void breakingOneIsAnInvalidHeader(String iv, String protectedHeader, String unprotected) {
            byte[] message = message(protectedHeader.replace(" ", ""), unprotected, "00".repeat(36));
            assertReason(Reason.INVALID_HEADER, () -> CoseEncrypt0.decode(message, MAX));
        }

        @Test
        void aPartialIvNeedsABaseIv() throws Exception {
            CoseEncrypt0 message = CoseEncrypt0.decode(message("a10101", "a1064100", "00".repeat(36)), MAX);
            assertReason(Reason.KEY_USE_REFUSED, () -> message.decrypt(decryptionKey(CoseAlgorithm.A128GCM), NONE));
        }

        @Test
        void aBaseIvDoesNotReplaceTheIv() throws Exception {
            DecryptionKey key = decryptionKey(CoseAlgorithm.A128GCM).withBaseIv(new byte[12]);
            byte[] message = CoseEncrypt0.create(
                    encryptionKey(CoseAlgorithm.A128GCM).withBaseIv(new byte[12]), hex(IV_12), PLAINTEXT, NONE);
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(key, NONE)).isEqualTo(PLAINTEXT);
        }

        @Test
        void theyMayBeCriticalIfTheyAreProtected() throws Exception {
            String protectedIv = "a30101028105054c" + IV_12;
            assertThat(CoseEncrypt0.decode(message(protectedIv, "a0", "00".repeat(36)), MAX)
                            .headers()
                            .iv())
                    .contains(hex(IV_12));
            byte[] unprotectedIv = message("a20101028105", "a1054c" + IV_12, "00".repeat(36));
            assertReason(Reason.UNSUPPORTED_CRITICAL_HEADER, () -> CoseEncrypt0.decode(unprotectedIv, MAX));
            byte[] onSignature = CborText.message("d2", "a30126028105054c" + IV_12, "a0", "aa", "00".repeat(64));
            assertReason(Reason.UNSUPPORTED_CRITICAL_HEADER, () -> CoseSign1.decode(onSignature, MAX));
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void aBaseIvHasTheLengthOfTheNonces(CoseAlgorithm algorithm) throws Exception {
            DecryptionKey decryptionKey = decryptionKey(algorithm);
            EncryptionKey encryptionKey = encryptionKey(algorithm);
            int length = algorithm.nonceLength();
            for (int wrong : new int[] {0, length - 1, length + 1}) {
                assertReason(Reason.INVALID_KEY, () -> decryptionKey.withBaseIv(new byte[wrong]));
                assertReason(Reason.INVALID_KEY, () -> encryptionKey.withBaseIv(new byte[wrong]));
            }
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource({
            "alg unprotected, INVALID_HEADER, d08340a20101054c02d1f7e6f26c43d4868d87ce41aa",
            "alg in both buckets, INVALID_HEADER, d08343a10101a20101054c02d1f7e6f26c43d4868d87ce41aa",
            "no alg, UNSUPPORTED_ALGORITHM, d08341a0a1054c02d1f7e6f26c43d4868d87ce41aa",
            "alg of signatures, UNSUPPORTED_ALGORITHM, d08343a10126a1054c02d1f7e6f26c43d4868d87ce41aa",
            "alg of MACs, UNSUPPORTED_ALGORITHM, d08343a10105a1054c02d1f7e6f26c43d4868d87ce41aa",
            "ChaCha20/Poly1305, UNSUPPORTED_ALGORITHM, d08344a1011818a1054c02d1f7e6f26c43d4868d87ce41aa",
            "direct, UNSUPPORTED_ALGORITHM, d08343a10125a1054c02d1f7e6f26c43d4868d87ce41aa",
            "detached ciphertext, DETACHED_PAYLOAD, d08343a10101a1054c02d1f7e6f26c43d4868d87cef6",
            "two parts, WRONG_STRUCTURE, d08243a10101a1054c02d1f7e6f26c43d4868d87ce",
            "four parts, WRONG_STRUCTURE, d08443a10101a1054c02d1f7e6f26c43d4868d87ce41aa80",
            "ciphertext as text, WRONG_STRUCTURE, d08343a10101a1054c02d1f7e6f26c43d4868d87ce6161",
            "no tag, WRONG_STRUCTURE, 8343a10101a1054c02d1f7e6f26c43d4868d87ce41aa",
            "COSE_Encrypt, WRONG_STRUCTURE, d8608343a10101a1054c02d1f7e6f26c43d4868d87ce41aa",
            "tag 16 in two bytes, WRONG_STRUCTURE, d8108343a10101a1054c02d1f7e6f26c43d4868d87ce41aa",
            "tagged twice, MALFORMED, d0d08343a10101a1054c02d1f7e6f26c43d4868d87ce41aa",
            "CWT tag in front, WRONG_STRUCTURE, d83dd08343a10101a1054c02d1f7e6f26c43d4868d87ce41aa",
            "trailing byte, MALFORMED, d08343a10101a1054c02d1f7e6f26c43d4868d87ce41aa00",
            "indefinite ciphertext, MALFORMED, d08343a10101a1054c02d1f7e6f26c43d4868d87ce5f41aaff"
        })
        void ofWhatIsNoSuchMessage(String name, Reason reason, String message) {
            assertReason(reason, () -> CoseEncrypt0.decode(hex(message), MAX));
        }

        @Test
        void ofTheOtherStructuresAndByThem() throws Exception {
            byte[] encrypted = CoseEncrypt0.create(encryptionKey(CoseAlgorithm.A128GCM), hex(IV_12), PLAINTEXT, NONE);
            assertReason(Reason.WRONG_STRUCTURE, () -> CoseMessage.decode(encrypted, MAX));
            SigningKey macKey = SigningKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex(KEY_BYTES)));
            byte[] maced = CoseMac0.create(macKey, PLAINTEXT, NONE);
            assertReason(Reason.WRONG_STRUCTURE, () -> CoseEncrypt0.decode(maced, MAX));
        }

        @Test
        void ofTooLargeOnesBeforeTheyAreParsed() throws Exception {
            byte[] message = CoseEncrypt0.create(encryptionKey(CoseAlgorithm.A128GCM), hex(IV_12), PLAINTEXT, NONE);
            assertThat(CoseEncrypt0.decode(message, message.length)).isNotNull();
            assertReason(Reason.TOO_LARGE, () -> CoseEncrypt0.decode(message, message.length - 1));
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void ofEveryChangedBitOfTheCiphertext(CoseAlgorithm algorithm) throws Exception {
            DecryptionKey key = decryptionKey(algorithm);
            byte[] message = CoseEncrypt0.create(encryptionKey(algorithm), iv(algorithm), PLAINTEXT, NONE);
            int first = message.length - PLAINTEXT.length - algorithm.tagLength();
            for (int bit = Byte.SIZE * first; bit < Byte.SIZE * message.length; bit++) {
                byte[] changed = message.clone();
                changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                CoseEncrypt0 decoded = CoseEncrypt0.decode(changed, MAX);
                assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(key, NONE));
            }
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(key, NONE)).isEqualTo(PLAINTEXT);
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void ofCutAndLengthenedCiphertexts(CoseAlgorithm algorithm) throws Exception {
            DecryptionKey key = decryptionKey(algorithm);
            String iv = TestVectors.hex(iv(algorithm));
            byte[] whole = CoseEncrypt0.create(encryptionKey(algorithm), iv(algorithm), PLAINTEXT, NONE);
            int length = PLAINTEXT.length + algorithm.tagLength();
            String ciphertext = TestVectors.hex(Arrays.copyOfRange(whole, whole.length - length, whole.length));
            String protectedHeader = TestVectors.hex(AlgorithmHeader.of(algorithm));
            for (int cut = 0; cut <= length + 1; cut++) {
                if (cut != length) {
                    String content = (ciphertext + "00").substring(0, 2 * cut);
                    CoseEncrypt0 decoded =
                            CoseEncrypt0.decode(message(protectedHeader, "a105" + bstr(iv), content), MAX);
                    assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(key, NONE));
                }
            }
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void ofAnotherKeyIvOrExternalData(CoseAlgorithm algorithm) throws Exception {
            byte[] aad = {1};
            byte[] message = CoseEncrypt0.create(encryptionKey(algorithm), iv(algorithm), PLAINTEXT, aad);
            CoseEncrypt0 decoded = CoseEncrypt0.decode(message, MAX);
            byte[] secret = secret(algorithm);
            secret[0] ^= 1;
            DecryptionKey other = DecryptionKey.of(algorithm, SecretBytes.copyOf(secret));
            assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(other, aad));
            assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(decryptionKey(algorithm), NONE));
            assertReason(Reason.BAD_SIGNATURE, () -> decoded.decrypt(decryptionKey(algorithm), new byte[] {2}));
            byte[] atAnotherIv = message.clone();
            atAnotherIv[1 + 1 + 1 + AlgorithmHeader.of(algorithm).length + 3] ^= 1;
            CoseEncrypt0 moved = CoseEncrypt0.decode(atAnotherIv, MAX);
            assertThat(moved.headers().iv().orElseThrow()).isNotEqualTo(iv(algorithm));
            assertReason(Reason.BAD_SIGNATURE, () -> moved.decrypt(decryptionKey(algorithm), aad));
        }
    }

    @Nested
    class AlgorithmsComeFromTheKey {

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void anyOtherIsAMismatch(CoseAlgorithm algorithm) throws Exception {
            CoseEncrypt0 message = CoseEncrypt0.decode(
                    CoseEncrypt0.create(encryptionKey(algorithm), iv(algorithm), PLAINTEXT, NONE), MAX);
            for (CoseAlgorithm other : algorithms().toList()) {
                if (other != algorithm) {
                    assertReason(Reason.ALGORITHM_MISMATCH, () -> message.decrypt(decryptionKey(other), NONE));
                }
            }
        }

        @Test
        void aMessageThatIsRelabelledDoesNotDecryptUnderTheOtherMode() throws Exception {
            // The same secret and nonce in another mode, or with another tag: the protected alg is authenticated.
            for (CoseAlgorithm from : algorithms().toList()) {
                for (CoseAlgorithm to : algorithms().toList()) {
                    if (from != to && from.keyLength() == to.keyLength()) {
                        assertReason(
                                Reason.BAD_SIGNATURE, () -> relabelled(from, to).decrypt(decryptionKey(to), NONE));
                    }
                }
            }
        }

        private CoseEncrypt0 relabelled(CoseAlgorithm from, CoseAlgorithm to) throws CoseException {
            byte[] nonce = Arrays.copyOf(iv(from), to.nonceLength());
            byte[] additional =
                    CoseEnvelope.additional(CoseEnvelope.Structure.ENCRYPT0, AlgorithmHeader.of(from), NONE);
            byte[] sealed = encryptionKey(from).seal(iv(from), PLAINTEXT, additional);
            byte[] cut = Arrays.copyOf(sealed, Math.min(sealed.length, PLAINTEXT.length + to.tagLength()));
            return CoseEncrypt0.decode(
                    message(
                            TestVectors.hex(AlgorithmHeader.of(to)),
                            "a105" + bstr(TestVectors.hex(nonce)),
                            TestVectors.hex(cut)),
                    MAX);
        }

        @ParameterizedTest
        @MethodSource("io.coapgate.crypto.cose.CoseEncrypt0Test#algorithms")
        void keysHaveExactlyItsLength(CoseAlgorithm algorithm) {
            for (int length : new int[] {1, 15, 16, 17, 23, 24, 25, 31, 32, 33, 64}) {
                SecretBytes secret = SecretBytes.copyOf(new byte[length]);
                if (length != algorithm.keyLength()) {
                    assertReason(Reason.INVALID_KEY, () -> EncryptionKey.of(algorithm, secret));
                    assertReason(Reason.INVALID_KEY, () -> DecryptionKey.of(algorithm, secret));
                }
            }
        }

        @Test
        void keysOfOtherKindsDoNotEncrypt() {
            SecretBytes secret = SecretBytes.copyOf(hex(KEY_BYTES));
            for (CoseAlgorithm algorithm : CoseAlgorithm.values()) {
                if (algorithm.kind() != CoseAlgorithm.Kind.ENCRYPTION) {
                    assertReason(Reason.INVALID_KEY, () -> EncryptionKey.of(algorithm, secret));
                    assertReason(Reason.INVALID_KEY, () -> DecryptionKey.of(algorithm, secret));
                }
            }
        }
    }

    @Nested
    class Keys {

        private final Instant from = Instant.ofEpochSecond(1000);
        private final Instant to = Instant.ofEpochSecond(2000);

        @Test
        void areValidFromTheFirstToTheLastInstant() throws Exception {
            DecryptionKey key = decryptionKey(CoseAlgorithm.A128GCM).withValidity(from, to);
            assertThat(key.isValidAt(from.minusNanos(1))).isFalse();
            assertThat(key.isValidAt(from)).isTrue();
            assertThat(key.isValidAt(to)).isTrue();
            assertThat(key.isValidAt(to.plusNanos(1))).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> key.withValidity(to, from));
        }

        @Test
        void keepTheirBaseIvNameAndTime() throws Exception {
            KeyId kid = KeyId.ofUtf8("k1");
            DecryptionKey key = decryptionKey(CoseAlgorithm.A128GCM)
                    .withBaseIv(hex(IV_12))
                    .withValidity(from, to)
                    .withKeyId(kid);
            assertThat(key.keyId()).contains(kid);
            assertThat(key.isValidAt(to.plusNanos(1))).isFalse();
            EncryptionKey maker =
                    encryptionKey(CoseAlgorithm.A128GCM).withBaseIv(hex(IV_12)).withKeyId(kid);
            byte[] message = CoseEncrypt0.createWithPartialIv(maker, new byte[] {7}, PLAINTEXT, NONE);
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(key, NONE)).isEqualTo(PLAINTEXT);
        }

        @Test
        void copyTheirBaseIv() throws Exception {
            byte[] baseIv = hex(IV_12);
            EncryptionKey maker = encryptionKey(CoseAlgorithm.A128GCM).withBaseIv(baseIv);
            DecryptionKey key = decryptionKey(CoseAlgorithm.A128GCM).withBaseIv(baseIv);
            Arrays.fill(baseIv, (byte) 0);
            byte[] message = CoseEncrypt0.createWithPartialIv(maker, new byte[] {7}, PLAINTEXT, NONE);
            DecryptionKey fresh = decryptionKey(CoseAlgorithm.A128GCM).withBaseIv(hex(IV_12));
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(key, NONE)).isEqualTo(PLAINTEXT);
            assertThat(CoseEncrypt0.decode(message, MAX).decrypt(fresh, NONE)).isEqualTo(PLAINTEXT);
        }

        @Test
        void showNoSecret() throws Exception {
            byte[] message = CoseEncrypt0.create(encryptionKey(CoseAlgorithm.A128GCM), hex(IV_12), PLAINTEXT, NONE);
            assertThat(encryptionKey(CoseAlgorithm.A128GCM).withKeyId(KeyId.ofUtf8("k1")))
                    .hasToString("EncryptionKey[A128GCM, kid k1]");
            assertThat(decryptionKey(CoseAlgorithm.A128GCM)).hasToString("DecryptionKey[A128GCM]");
            assertThat(CoseEncrypt0.decode(message, MAX)).hasToString("CoseEncrypt0[CoseHeaders[A128GCM]]");
        }
    }

    private static byte[] message(String protectedHeader, String unprotected, String ciphertext) {
        return hex("d083" + bstr(protectedHeader) + unprotected + bstr(ciphertext));
    }

    private static byte[] secret(CoseAlgorithm algorithm) {
        return Arrays.copyOf(hex(KEY_BYTES), algorithm.keyLength());
    }

    private static byte[] iv(CoseAlgorithm algorithm) {
        return Arrays.copyOf(hex(IV_12), algorithm.nonceLength());
    }

    private static EncryptionKey encryptionKey(CoseAlgorithm algorithm) throws CoseException {
        return EncryptionKey.of(algorithm, SecretBytes.copyOf(secret(algorithm)));
    }

    private static DecryptionKey decryptionKey(CoseAlgorithm algorithm) throws CoseException {
        return DecryptionKey.of(algorithm, SecretBytes.copyOf(secret(algorithm)));
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
