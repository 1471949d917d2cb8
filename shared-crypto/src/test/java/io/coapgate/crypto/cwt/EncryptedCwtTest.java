package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.RFC8392_ENCRYPTED;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_128;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.RFC8392_NESTED;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tokens that come encrypted (RFC 8392 §7, nested CWT) and confirmation keys that do (RFC 8747 §3.3). */
class EncryptedCwtTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CwtPolicy POLICY = CwtPolicy.forAudience("rs");
    private static final CoseAlgorithm CCM = CoseAlgorithm.AES_CCM_16_64_128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretBytes macSecret = SecretBytes.copyOf(hex("5c".repeat(32)));
    private final SecretBytes aesSecret = SecretBytes.copyOf(hex("3a".repeat(16)));
    private final SecretBytes otherSecret = SecretBytes.copyOf(hex("3b".repeat(16)));
    private final SigningKey signer = SigningKey.of(CoseAlgorithm.HMAC_256_256, macSecret);
    private final VerificationKey verifier = VerificationKey.of(CoseAlgorithm.HMAC_256_256, macSecret);
    private final EncryptionKey encrypter = EncryptionKey.of(CCM, aesSecret);
    private final DecryptionKey decrypter = DecryptionKey.of(CCM, aesSecret);
    private final Keys keys = new Keys().encrypting("as", decrypter);

    EncryptedCwtTest() throws Exception {}

    @Nested
    class Rfc8392Examples {

        private static final CwtPolicy LIGHT =
                CwtPolicy.forAudience("coap://light.example.com").withMaxLifetime(Duration.ofDays(2));
        private static final Instant THEN = Instant.ofEpochSecond(1_443_945_000);

        @Test
        void a5Encrypted() throws Exception {
            DecryptionKey key = CoseKey.decode(RFC8392_KEY_128).decryptionKey(CCM);
            VerifiedCwt verified = verifier(LIGHT, THEN)
                    .verify(RFC8392_ENCRYPTED, new Keys().encrypting("coap://as.example.com", key));
            assertThat(verified.issuer()).isEqualTo("coap://as.example.com");
            assertThat(verified.claims().subject()).contains("erikw");
            assertThat(verified.algorithm()).contains(CCM);
        }

        @Test
        void a6SignedAndEncrypted() throws Exception {
            DecryptionKey key = CoseKey.decode(RFC8392_KEY_128).decryptionKey(CCM);
            VerificationKey es256 = CoseKey.decode(RFC8392_KEY_EC).publicOnly().verificationKey(CoseAlgorithm.ES256);
            Keys both = new Keys().encrypting("coap://as.example.com", key).signing("coap://as.example.com", es256);
            VerifiedCwt verified = verifier(LIGHT, THEN).verify(RFC8392_NESTED, both);
            assertThat(verified.claims().subject()).contains("erikw");
            assertThat(verified.algorithm()).contains(CoseAlgorithm.ES256);
        }
    }

    @Nested
    class Encrypted {

        @ParameterizedTest
        @EnumSource(
                mode = Mode.MATCH_ANY,
                names = {"A...?GCM", "AES_CCM_16_.*"})
        void comesBackWithItsIssuer(CoseAlgorithm algorithm) throws Exception {
            SecretBytes secret = SecretBytes.copyOf(new byte[algorithm.keyLength()]);
            byte[] token = CwtIssuer.encrypting("as", EncryptionKey.of(algorithm, secret), RANDOM)
                    .issue(valid());
            Keys shared = new Keys().encrypting("as", DecryptionKey.of(algorithm, secret));
            VerifiedCwt verified = verifier(POLICY, NOW).verify(token, shared);
            assertThat(verified.issuer()).isEqualTo("as");
            assertThat(verified.algorithm()).contains(algorithm);
        }

        @Test
        void mayCarryTheCwtTag() throws Exception {
            byte[] token = hex("d83d" + hex(encrypted(valid())));
            assertThat(verifier(POLICY, NOW).verify(token, keys).issuer()).isEqualTo("as");
        }

        @Test
        void isRefusedIfItNamesAnIssuerThatDoesNotShareTheKey() {
            refuses(
                    Reason.UNKNOWN_KEY,
                    keys,
                    CwtIssuer.encrypting("other", encrypter, RANDOM).issue(valid()));
        }

        @Test
        void isRefusedUnderAnyOtherKey() throws Exception {
            Keys other = new Keys().encrypting("as", DecryptionKey.of(CCM, otherSecret));
            refuses(Reason.BAD_SIGNATURE, other, encrypted(valid()));
        }

        @Test
        void isRefusedWhereNothingIsEverDecrypted() {
            IssuerKeys none = issuer -> List.of(verifier);
            refuses(Reason.UNKNOWN_KEY, none, encrypted(valid()));
        }

        @Test
        void isRefusedUnderAnotherAlgorithmOfTheSameKey() throws Exception {
            Keys gcm = new Keys().encrypting("as", DecryptionKey.of(CoseAlgorithm.A128GCM, aesSecret));
            refuses(Reason.ALGORITHM_MISMATCH, gcm, encrypted(valid()));
        }

        @Test
        void isRefusedWithAKeyOfAnotherTime() throws Exception {
            Keys ended = new Keys().encrypting("as", decrypter.withValidity(Instant.MIN, NOW.minusSeconds(1)));
            refuses(Reason.UNKNOWN_KEY, ended, encrypted(valid()));
        }

        @Test
        void findsItsKeyByKidAmongSeveral() throws Exception {
            KeyId second = KeyId.ofUtf8("second");
            byte[] token = CwtIssuer.encrypting("as", encrypter.withKeyId(second), RANDOM)
                    .issue(valid());
            DecryptionKey first = DecryptionKey.of(CCM, otherSecret).withKeyId(KeyId.ofUtf8("first"));
            Keys several = new Keys().encrypting("as", first).encrypting("as", decrypter.withKeyId(second));
            assertThat(verifier(POLICY, NOW).verify(token, several).keyId()).contains(second);
        }

        @Test
        void withoutKidEachKeyIsTried() throws Exception {
            Keys several = new Keys()
                    .encrypting("b", DecryptionKey.of(CCM, otherSecret))
                    .encrypting("as", decrypter);
            assertThat(verifier(POLICY, NOW).verify(encrypted(valid()), several).issuer())
                    .isEqualTo("as");
        }

        @Test
        void noMoreThanEightKeysAreTried() throws Exception {
            Keys many = new Keys();
            for (int i = 0; i < 8; i++) {
                many.encrypting("as", DecryptionKey.of(CCM, SecretBytes.copyOf(hex("0" + i + "00".repeat(15)))));
            }
            refuses(Reason.BAD_SIGNATURE, many.encrypting("as", decrypter), encrypted(valid()));
        }

        @Test
        void isRefusedWithAnyBitChanged() {
            byte[] token = encrypted(valid());
            for (int bit = 0; bit < token.length * Byte.SIZE; bit++) {
                byte[] changed = token.clone();
                changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                assertThatThrownBy(() -> verifier(POLICY, NOW).verify(changed, keys))
                        .isInstanceOf(InvalidCwtException.class);
            }
        }

        @Test
        void isHeldToItsTimesAndAudienceLikeAnyOther() {
            refuses(
                    Reason.EXPIRED,
                    keys,
                    encrypted(
                            valid().toBuilder().expiresAt(NOW.minusSeconds(60)).build()));
            CwtClaims elsewhere = CwtClaims.builder()
                    .audience("x")
                    .expiresAt(NOW.plusSeconds(60))
                    .build();
            refuses(Reason.WRONG_AUDIENCE, keys, encrypted(elsewhere));
        }

        @Test
        void isTheSameTokenUnderAnotherIv() throws Exception {
            CwtVerifier recipient = verifier(POLICY, NOW);
            byte[] one = encrypted(valid());
            byte[] two = encrypted(valid());
            assertThat(one).isNotEqualTo(two);
            assertThat(recipient.verify(one, keys).contentThumbprint())
                    .isEqualTo(recipient.verify(two, keys).contentThumbprint());
        }

        @Test
        void isNotIssuedUnderNoncesThatAreTooShortToBeRandom() throws Exception {
            EncryptionKey counted = EncryptionKey.of(CoseAlgorithm.AES_CCM_64_64_128, aesSecret);
            CwtIssuer issuer = CwtIssuer.encrypting("as", counted, RANDOM);
            assertThatIllegalArgumentException().isThrownBy(() -> issuer.issue(valid()));
        }

        private byte[] encrypted(CwtClaims claims) {
            return CwtIssuer.encrypting("as", encrypter, RANDOM).issue(claims);
        }
    }

    @Nested
    class MacedAndEncrypted {

        private final CwtIssuer as = new CwtIssuer("as", signer).encryptedWith(encrypter, RANDOM);
        private final Keys both = keys.signing("as", verifier).signing("other", verifier);

        @Test
        void comesBack() throws Exception {
            VerifiedCwt verified = verifier(POLICY, NOW).verify(as.issue(valid()), both);
            assertThat(verified.issuer()).isEqualTo("as");
            assertThat(verified.algorithm()).contains(CoseAlgorithm.HMAC_256_256);
        }

        @Test
        void isTheSameTokenWithoutItsWrapping() throws Exception {
            byte[] bare = new CwtIssuer("as", signer).issue(valid());
            CwtVerifier recipient = verifier(POLICY, NOW);
            assertThat(recipient.verify(as.issue(valid()), both).contentThumbprint())
                    .isEqualTo(recipient.verify(bare, both).contentThumbprint());
        }

        @Test
        void mayCarryTheCwtTagInside() throws Exception {
            byte[] inner = hex("d83d" + hex(new CwtIssuer("as", signer).issue(valid())));
            assertThat(verifier(POLICY, NOW).verify(wrapped(inner), both).issuer())
                    .isEqualTo("as");
        }

        @Test
        void isRefusedIfTheMacInsideIsWrong() {
            byte[] inner = new CwtIssuer("as", signer).issue(valid());
            inner[inner.length - 1] ^= 1;
            refuses(Reason.BAD_SIGNATURE, both, wrapped(inner));
        }

        @Test
        void isRefusedIfOneIssuerWrapsTheTokenOfAnother() {
            refuses(Reason.UNKNOWN_KEY, both, wrapped(new CwtIssuer("other", signer).issue(valid())));
        }

        @Test
        void isRefusedIfTheIssuerHasNoKeyForWhatIsInside() {
            refuses(
                    Reason.UNKNOWN_ISSUER,
                    new Keys().encrypting("as", decrypter),
                    wrapped(new CwtIssuer("as", signer).issue(valid())));
        }

        @Test
        void isRefusedIfEncryptedTwice() {
            refuses(Reason.MALFORMED, both, wrapped(as.issue(valid())));
        }

        @Test
        void isRefusedIfWhatIsInsideIsNeitherClaimsNorAToken() {
            refuses(Reason.MALFORMED, both, wrapped(hex("")));
            refuses(Reason.MALFORMED, both, wrapped(hex("4101")));
            refuses(Reason.MALFORMED, both, wrapped(hex("f6")));
        }

        private byte[] wrapped(byte[] inner) {
            return CoseEncrypt0.create(encrypter, RANDOM, inner, CoseMessage.NO_AAD);
        }
    }

    @Nested
    class ConfirmationKeys {

        @Test
        void theOneOfRfc8747() throws Exception {
            // §3.3: the value of cnf, and the key that it was encrypted with
            byte[] cnf =
                    hex("a1028343a1010aa1054d636898994ff0ec7bfcf6d3f95b58300573318a3573eb983e55a7c2f06cadd0796c9e584f1d"
                            + "0e3ea8c5b052592a8b2694be9654f0431f38d5bbc8049fa7f13f");
            DecryptionKey recipient =
                    DecryptionKey.of(CCM, SecretBytes.copyOf(hex("6162630405060708090a0b0c0d0e0f10")));
            CwtClaims claims = CwtClaims.decode(hex("a108" + hex(cnf)), 200);
            Confirmation.OfEncryptedKey hidden =
                    (Confirmation.OfEncryptedKey) claims.confirmation().orElseThrow();
            CoseKey key = hidden.decrypt(recipient).key();
            assertThat(key.type()).isEqualTo(CoseKey.Type.SYMMETRIC);
            assertThat(key.algorithm()).contains(CoseAlgorithm.HMAC_256_256);
            assertThat(key.secret().orElseThrow().length()).isEqualTo(32);
            assertThat(claims.encode()).isEqualTo(hex("a108" + hex(cnf)));
        }

        @Test
        void areDecryptedWhenTheTokenIsVerified() throws Exception {
            CoseKey pop = CoseKey.ofSecret(SecretBytes.copyOf(hex("77".repeat(16))));
            VerifiedCwt verified = verifier(POLICY, NOW)
                    .verify(token(Confirmation.encrypted(pop, encrypter, RANDOM)), keys.signing("as", verifier));
            assertThat(verified.claims().confirmation().orElseThrow()).isInstanceOf(Confirmation.OfEncryptedKey.class);
            Confirmation.OfKey confirmed =
                    (Confirmation.OfKey) verified.confirmation().orElseThrow();
            assertThat(confirmed.key().secret()).isEqualTo(pop.secret());
        }

        @Test
        void areOnlyDecryptedWithKeysOfTheSameIssuer() throws Exception {
            CoseKey pop = CoseKey.ofSecret(SecretBytes.copyOf(hex("77".repeat(16))));
            byte[] token = token(Confirmation.encrypted(pop, encrypter, RANDOM));
            Keys others = new Keys().encrypting("other", decrypter).signing("as", verifier);
            refuses(Reason.INVALID_CONFIRMATION, others, token);
            Keys wrong = new Keys()
                    .encrypting("as", DecryptionKey.of(CCM, otherSecret))
                    .signing("as", verifier);
            refuses(Reason.INVALID_CONFIRMATION, wrong, token);
        }

        @Test
        void areRefusedIfWhatIsInsideIsNoSymmetricKey() throws Exception {
            byte[] publicKey = CoseKey.decode(RFC8392_KEY_EC).publicOnly().encode();
            for (byte[] inside :
                    List.of(publicKey, CoseKey.decode(RFC8392_KEY_EC).encode(), hex("a0"), hex("00"))) {
                CoseEncrypt0 message =
                        CoseEncrypt0.decode(CoseEncrypt0.create(encrypter, RANDOM, inside, CoseMessage.NO_AAD), 500);
                refuses(
                        Reason.INVALID_CONFIRMATION,
                        keys.signing("as", verifier),
                        token(new Confirmation.OfEncryptedKey(message)));
            }
        }

        @Test
        void areRefusedIfTheyAreNoMessage() {
            for (String cnf : List.of("a10240", "a10280", "a1028343a10105a04100", "a1028343a1010aa04100")) {
                assertThatThrownBy(() -> CwtClaims.decode(hex("a108" + cnf), 200))
                        .isInstanceOfSatisfying(
                                InvalidCwtException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_CONFIRMATION));
            }
        }

        @Test
        void areNotMadeOfKeysThatAreNotSymmetric() throws Exception {
            CoseKey pair = CoseKey.decode(RFC8392_KEY_EC);
            assertThatIllegalArgumentException().isThrownBy(() -> Confirmation.encrypted(pair, encrypter, RANDOM));
        }

        private byte[] token(Confirmation cnf) {
            return new CwtIssuer("as", signer)
                    .issue(valid().toBuilder().confirmation(cnf).build());
        }
    }

    private static CwtClaims valid() {
        return CwtClaims.builder()
                .audience("rs")
                .issuedAt(NOW)
                .expiresAt(NOW.plusSeconds(600))
                .build();
    }

    private static CwtVerifier verifier(CwtPolicy policy, Instant now) {
        return new CwtVerifier(policy, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static void refuses(Reason reason, IssuerKeys keys, byte[] token) {
        byte[] before = token.clone();
        assertThatThrownBy(() -> verifier(POLICY, NOW).verify(token, keys))
                .isInstanceOfSatisfying(
                        InvalidCwtException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(Arrays.equals(before, token)).isTrue();
    }

    /** Keys that are added one by one. */
    private static final class Keys implements IssuerKeys {

        private record Signing(String issuer, VerificationKey key) {}

        private final List<Signing> signing = new ArrayList<>();
        private final List<IssuerDecryptionKey> encrypting = new ArrayList<>();

        Keys signing(String issuer, VerificationKey key) {
            signing.add(new Signing(issuer, key));
            return this;
        }

        Keys encrypting(String issuer, DecryptionKey key) {
            encrypting.add(new IssuerDecryptionKey(issuer, key));
            return this;
        }

        @Override
        public List<VerificationKey> keysOf(String issuer) {
            return signing.stream()
                    .filter(one -> one.issuer().equals(issuer))
                    .map(Signing::key)
                    .toList();
        }

        @Override
        public List<IssuerDecryptionKey> decryptionKeys() {
            return List.copyOf(encrypting);
        }
    }
}
