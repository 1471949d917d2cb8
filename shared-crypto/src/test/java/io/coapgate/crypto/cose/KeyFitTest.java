package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is for one algorithm, one direction and one time, and says so. */
class KeyFitTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecretBytes SECRET = SecretBytes.copyOf(hex("5c".repeat(32)));

    private final PrivateKey p256 =
            EcCurve.P_256.privateKey(hex("57c92077664146e876760c9520d054aa93c3afb04e306705db6090308507b4d3"));
    private final PrivateKey ed25519 =
            Ed25519.privateKey(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    private final VerificationKey hs256 = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SECRET);

    KeyFitTest() throws Exception {}

    @Nested
    class PrivateKeys {

        @Test
        void ofAnotherCurveOrForAMacAreRefused() {
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.ES256, ed25519));
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.EDDSA, p256));
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.HMAC_256_64, p256));
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.HMAC_256_256, p256));
        }
    }

    @Nested
    class PublicKeys {

        @Test
        void offTheCurveAreRefusedWhoeverMadeThem() throws Exception {
            ECPublicKey good =
                    (ECPublicKey) CoseKey.decode(RFC8392_KEY_EC).publicKey().orElseThrow();
            ECPublicKey bad = new ElsewhereMade(good);
            assertReason(Reason.INVALID_KEY, () -> CoseKey.ofPublicKey(bad));
            assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(CoseAlgorithm.ES256, bad));
        }

        /** A key as a careless provider might give it: its point is not on its curve. */
        private record ElsewhereMade(ECPublicKey good) implements ECPublicKey {

            private static final long serialVersionUID = 1L;

            @Override
            public ECPoint getW() {
                return new ECPoint(
                        good.getW().getAffineX(), good.getW().getAffineY().add(BigInteger.ONE));
            }

            @Override
            public ECParameterSpec getParams() {
                return good.getParams();
            }

            @Override
            public String getAlgorithm() {
                return good.getAlgorithm();
            }

            @Override
            public String getFormat() {
                return good.getFormat();
            }

            @Override
            public byte[] getEncoded() {
                return good.getEncoded();
            }
        }
    }

    @Nested
    class Secrets {

        @ParameterizedTest
        @ValueSource(ints = {32, 64, 256})
        void of32To256BytesMakeMacs(int length) throws Exception {
            SecretBytes secret = SecretBytes.copyOf(new byte[length]);
            byte[] message =
                    CoseMac0.create(SigningKey.of(CoseAlgorithm.HMAC_256_256, secret), new byte[1], new byte[0]);
            assertThat(CoseMac0.decode(message, 100)
                            .verify(VerificationKey.of(CoseAlgorithm.HMAC_256_256, secret), CoseMessage.NO_AAD))
                    .containsExactly(0);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 31, 257})
        void ofOtherLengthsAreRefused(int length) {
            SecretBytes secret = SecretBytes.copyOf(new byte[length]);
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.HMAC_256_64, secret));
            assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(CoseAlgorithm.HMAC_256_64, secret));
        }
    }

    @Nested
    class Validity {

        @Test
        void includesBothEnds() {
            VerificationKey limited = hs256.withValidity(NOW, NOW.plusSeconds(10));
            assertThat(limited.notBefore()).isEqualTo(NOW);
            assertThat(limited.notAfter()).isEqualTo(NOW.plusSeconds(10));
            assertThat(limited.isValidAt(NOW.minusNanos(1))).isFalse();
            assertThat(limited.isValidAt(NOW)).isTrue();
            assertThat(limited.isValidAt(NOW.plusSeconds(10))).isTrue();
            assertThat(limited.isValidAt(NOW.plusSeconds(10).plusNanos(1))).isFalse();
        }

        @Test
        void mayBeOneInstantButNotEndBeforeItBegins() {
            assertThat(hs256.withValidity(NOW, NOW).isValidAt(NOW)).isTrue();
            assertThatIllegalArgumentException().isThrownBy(() -> hs256.withValidity(NOW, NOW.minusNanos(1)));
        }

        @Test
        void staysWhenTheKeyIsNamed() {
            VerificationKey named = hs256.withValidity(NOW, NOW).withKeyId(KeyId.ofUtf8("k"));
            assertThat(named.isValidAt(NOW.plusNanos(1))).isFalse();
            assertThat(named.withValidity(NOW, NOW).keyId()).contains(KeyId.ofUtf8("k"));
        }

        @Test
        void isNotLimitedUnlessSaid() {
            assertThat(hs256.isValidAt(Instant.MIN)).isTrue();
            assertThat(hs256.isValidAt(Instant.MAX)).isTrue();
        }
    }

    @Nested
    class Operations {

        private static final String K = "205820" + "403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388";

        @ParameterizedTest
        @CsvSource({
            "MAC create, a3010404810920, false, true",
            "MAC verify, a3010404810a20, true, false",
            "both with alg, a40104030504820 90a20, true, true",
            "both without alg, a301040482090a20, true, true"
        })
        void ofASecretAllowWhatTheySay(String name, String start, boolean verifies, boolean makes) throws Exception {
            CoseKey key = CoseKey.decode(hex(start.replace(" ", "") + K.substring(2)));
            if (verifies) {
                assertThat(key.verificationKey(CoseAlgorithm.HMAC_256_256).keyId())
                        .isEmpty();
            } else {
                assertReason(Reason.KEY_USE_REFUSED, () -> key.verificationKey(CoseAlgorithm.HMAC_256_256));
            }
            if (makes) {
                assertThat(key.signingKey(CoseAlgorithm.HMAC_256_256).keyId()).isEmpty();
            } else {
                assertReason(Reason.KEY_USE_REFUSED, () -> key.signingKey(CoseAlgorithm.HMAC_256_256));
            }
        }

        @Test
        void ofASignatureDoNotGoWithAMac() {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex("a4010403050481" + "02" + K)));
        }

        @Test
        void stayWithTheKeyAndWithItsName() throws Exception {
            CoseKey key = CoseKey.decode(hex("a301040481" + "0a" + K)).withKeyId(KeyId.ofUtf8("k"));
            assertThat(key.operations()).containsExactly(KeyOperation.MAC_VERIFY);
            assertThat(key.withAlgorithm(CoseAlgorithm.HMAC_256_64).operations())
                    .containsExactly(KeyOperation.MAC_VERIFY);
            assertThat(key.withAlgorithm(CoseAlgorithm.HMAC_256_64).keyId()).contains(KeyId.ofUtf8("k"));
            assertThat(key.verificationKey(CoseAlgorithm.HMAC_256_64).keyId()).contains(KeyId.ofUtf8("k"));
        }
    }

    @Nested
    class CoseKeys {

        @ParameterizedTest
        @CsvSource({"1, 4101", "512, 590200"})
        void mayHaveSecretsOf1To512Bytes(int length, String head) throws Exception {
            String content = length == 1 ? "" : "aa".repeat(length);
            assertThat(CoseKey.decode(hex("a2010420" + head + content))
                            .secret()
                            .orElseThrow()
                            .length())
                    .isEqualTo(length);
        }

        @Test
        void mayNotHaveLongerSecrets() {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex("a2010420590201" + "aa".repeat(513))));
        }

        @Test
        void mayHaveABaseIvOfBytes() throws Exception {
            assertThat(CoseKey.decode(hex("a30104054101204101")).secret()).isPresent();
        }

        @Test
        void areMapsInOtherStructuresToo() {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.ofCbor(StrictCbor.decode(hex("80"), 10)));
        }

        @Test
        void signUnderTheirOwnName() throws Exception {
            CoseKey named = CoseKey.decode(RFC8392_KEY_EC);
            assertThat(named.signingKey(CoseAlgorithm.ES256).keyId()).isEqualTo(named.keyId());
            assertThat(named.verificationKey(CoseAlgorithm.ES256).keyId()).isEqualTo(named.keyId());
            assertThat(CoseKey.decode(RFC8392_KEY_256).secret().orElseThrow().length())
                    .isEqualTo(32);
        }
    }

    @Nested
    class Names {

        @Test
        void showAlgorithmAndIdentifierOnly() throws Exception {
            assertThat(hs256).hasToString("VerificationKey[HMAC_256_256]");
            assertThat(hs256.withKeyId(KeyId.ofUtf8("k"))).hasToString("VerificationKey[HMAC_256_256, kid k]");
            assertThat(SigningKey.of(CoseAlgorithm.ES256, p256)).hasToString("SigningKey[ES256]");
            byte[] signed = CoseSign1.create(SigningKey.of(CoseAlgorithm.ES256, p256), new byte[1], new byte[0]);
            assertThat(CoseSign1.decode(signed, 100)).hasToString("CoseSign1[CoseHeaders[ES256]]");
            SigningKey named = SigningKey.of(CoseAlgorithm.HMAC_256_64, SECRET).withKeyId(KeyId.ofUtf8("k"));
            assertThat(CoseMac0.decode(CoseMac0.create(named, new byte[1], new byte[0]), 100))
                    .hasToString("CoseMac0[CoseHeaders[HMAC_256_64, kid k]]");
            assertThat(CoseKey.ofSecret(SECRET)).hasToString("CoseKey[SYMMETRIC, SecretBytes[32 bytes]]");
        }
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
