package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.RFC8392_KEY_128;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoseKeyTest {

    private static final String X = "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f";
    private static final String Y = "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9";
    private static final String EC2 = "01022001215820" + X + "225820" + Y;
    private static final String ED = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    @Nested
    class Rfc8392Keys {

        @Test
        void symmetric256() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_256);
            assertThat(key.type()).isEqualTo(CoseKey.Type.SYMMETRIC);
            assertThat(key.algorithm()).contains(CoseAlgorithm.HMAC_256_64);
            assertThat(key.keyId()).contains(KeyId.ofUtf8("Symmetric256"));
            assertThat(key.secret())
                    .contains(SecretBytes.copyOf(
                            hex("403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388")));
            assertThat(key.publicKey()).isEmpty();
        }

        @Test
        void ecdsa256() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_EC);
            assertThat(key.type()).isEqualTo(CoseKey.Type.EC2);
            assertThat(key.algorithm()).contains(CoseAlgorithm.ES256);
            assertThat(key.keyId()).contains(KeyId.ofUtf8("AsymmetricECDSA256"));
            assertThat(key.privateKey()).isPresent();
            assertThat(CoseKey.decode(key.encode()).encode()).isEqualTo(key.encode());
        }

        @Test
        void symmetric128() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_128);
            assertThat(key.algorithm()).contains(CoseAlgorithm.AES_CCM_16_64_128);
            assertThat(key.decryptionKey(CoseAlgorithm.AES_CCM_16_64_128).keyId())
                    .contains(KeyId.ofUtf8("Symmetric128"));
        }
    }

    @Nested
    class Thumbprints {

        @Test
        void areThoseOfRfc9679() throws Exception {
            CoseKey key =
                    CoseKey.decode(hex("a50102025820496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec"
                            + "2001215820" + "65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d"
                            + "225820" + "1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c"));
            assertThat(key.thumbprint().bytes())
                    .isEqualTo(hex("496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec"));
        }

        @Test
        void dependOnThePublicPartOnly() throws Exception {
            CoseKey full = CoseKey.decode(RFC8392_KEY_EC);
            assertThat(full.publicOnly().thumbprint()).isEqualTo(full.thumbprint());
            assertThat(CoseKey.ofPublicKey(full.publicKey().orElseThrow()).thumbprint())
                    .isEqualTo(full.thumbprint());
        }
    }

    @Nested
    class RoundTrips {

        @Test
        void ed25519() throws Exception {
            CoseKey key = CoseKey.decode(hex("a401012006215820" + ED + "235820" + SEED));
            assertThat(key.privateKey()).isPresent();
            assertThat(key.encode()).isEqualTo(hex("a401012006215820" + ED + "235820" + SEED));
            assertThat(key.publicOnly().encode()).isEqualTo(hex("a301012006215820" + ED));
        }

        @Test
        void freshPublicKeys() throws Exception {
            KeyPairGenerator onP256 = KeyPairGenerator.getInstance("EC");
            onP256.initialize(new ECGenParameterSpec("secp256r1")); // providers differ in what they would take
            for (KeyPairGenerator generator : List.of(onP256, KeyPairGenerator.getInstance("Ed25519"))) {
                KeyPair pair = generator.generateKeyPair();
                CoseKey key = CoseKey.ofPublicKey(pair.getPublic()).withKeyId(KeyId.ofUtf8("k"));
                CoseKey read = CoseKey.decode(key.encode());
                assertThat(read.publicKey().orElseThrow().getEncoded())
                        .isEqualTo(pair.getPublic().getEncoded());
                assertThat(read.keyId()).contains(KeyId.ofUtf8("k"));
            }
        }

        @Test
        void secrets() throws Exception {
            CoseKey key = CoseKey.ofSecret(SecretBytes.copyOf(hex(SEED))).withAlgorithm(CoseAlgorithm.HMAC_256_256);
            assertThat(key.encode()).isEqualTo(hex("a301040305205820" + SEED));
            assertThat(CoseKey.decode(key.encode()).secret()).isEqualTo(key.secret());
            assertReason(Reason.INVALID_KEY, key::publicOnly);
        }

        @Test
        void compressedPoints() throws Exception {
            CoseKey compressed = CoseKey.decode(hex("a401022001215820" + X + "22f5"));
            assertThat(compressed.encode()).isEqualTo(hex("a4" + EC2));
        }

        @Test
        void operations() throws Exception {
            byte[] encoded = hex("a5010204820102" + EC2.substring(4));
            CoseKey key = CoseKey.decode(encoded);
            assertThat(key.operations()).containsExactlyInAnyOrder(KeyOperation.SIGN, KeyOperation.VERIFY);
            assertThat(key.encode()).isEqualTo(encoded);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource({
            "no kty, a0",
            "kty as text, a10163454332",
            "kty of RSA, a10103",
            "EC2 without crv, a20102215820" + X,
            "EC2 on P-384, a401022002215820" + X + "225820" + Y,
            "EC2 on Ed25519, a401022006215820" + X + "225820" + Y,
            "OKP on P-256, a301012001215820" + ED,
            "OKP on X25519, a301012004215820" + ED,
            "EC2 without y, a301022001215820" + X,
            "EC2 off the curve, a401022001215820" + Y + "225820" + X,
            "EC2 with a short x, a40102200121581f" + "00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
                    + "225820" + Y,
            "EC2 with x as text, a4010220012161412258 20" + Y,
            "EC2 with d of another key, a5" + EC2 + "235820" + SEED,
            "EC2 with d of zero, a5" + EC2 + "235820"
                    + "0000000000000000000000000000000000000000000000000000000000000000",
            "OKP of small order, a301012006215820" + "0100000000000000000000000000000000000000000000000000000000000000",
            "OKP with d of another key, a401012006215820" + ED + "235820" + X,
            "symmetric without k, a10104",
            "symmetric with empty k, a201042040",
            "symmetric with text k, a201042061 61",
            "kid as text, a5" + EC2 + "026161",
            "kid too long, a5" + EC2 + "025841" + "00000000000000000000000000000000000000000000000000000000000000000"
                    + "00000000000000000000000000000000000000000000000000000000000000000",
            "alg of another type, a5" + EC2 + "0305",
            "alg EdDSA on P-256, a5" + EC2 + "0327",
            "key_ops not a list, a5" + EC2 + "0401",
            "key_ops empty, a5" + EC2 + "0480",
            "key_ops unknown, a5" + EC2 + "04810b",
            "key_ops twice the same, a5" + EC2 + "04820101",
            "key_ops as text, a5" + EC2 + "0481647369676e",
            "key_ops against alg, a6" + EC2 + "03260481 09",
            "Base IV as text, a5" + EC2 + "0560",
            "label of bytes, a5" + EC2 + "414100"
        })
        void asInvalid(String name, String encoded) {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex(encoded.replace(" ", ""))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a5" + EC2 + "0363455332", "a5" + EC2 + "030e"})
        void algorithmsThatAreNotSupported(String encoded) {
            assertReason(Reason.UNSUPPORTED_ALGORITHM, () -> CoseKey.decode(hex(encoded)));
        }

        @Test
        void whatIsNotOneMap() {
            assertReason(Reason.WRONG_STRUCTURE, () -> CoseKey.decode(hex("80")));
            assertReason(Reason.MALFORMED, () -> CoseKey.decode(hex("a4" + EC2 + "00")));
            assertReason(Reason.MALFORMED, () -> CoseKey.decode(hex("a5" + EC2 + "0102")));
            assertReason(Reason.TOO_LARGE, () -> CoseKey.decode(new byte[1025]));
        }

        @Test
        void publicKeysOfOtherKinds() throws Exception {
            KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            assertReason(Reason.INVALID_KEY, () -> CoseKey.ofPublicKey(rsa.getPublic()));
        }
    }

    @Nested
    class Uses {

        @Test
        void followAlgAndType() throws Exception {
            CoseKey bound = CoseKey.decode(RFC8392_KEY_256);
            assertThat(bound.verificationKey(CoseAlgorithm.HMAC_256_64).keyId()).contains(KeyId.ofUtf8("Symmetric256"));
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.verificationKey(CoseAlgorithm.HMAC_256_256));
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.verificationKey(CoseAlgorithm.ES256));
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.withAlgorithm(CoseAlgorithm.HMAC_256_256));
        }

        @Test
        void followKeyOps() throws Exception {
            CoseKey verifyOnly = CoseKey.decode(hex("a5" + EC2 + "048102"));
            assertThat(verifyOnly.verificationKey(CoseAlgorithm.ES256)).isNotNull();
            CoseKey signOnly = CoseKey.decode(hex("a5" + EC2 + "048101"));
            assertReason(Reason.KEY_USE_REFUSED, () -> signOnly.verificationKey(CoseAlgorithm.ES256));
            assertReason(Reason.KEY_USE_REFUSED, () -> verifyOnly.signingKey(CoseAlgorithm.ES256));
        }

        @Test
        void needAPrivatePartToSign() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_EC);
            assertThat(key.signingKey(CoseAlgorithm.ES256).keyId()).isEqualTo(key.keyId());
            CoseKey publicOnly = key.publicOnly();
            assertReason(Reason.KEY_USE_REFUSED, () -> publicOnly.signingKey(CoseAlgorithm.ES256));
        }

        @Test
        void signAndVerify() throws Exception {
            CoseKey key = CoseKey.decode(RFC8392_KEY_256);
            byte[] message = CoseMac0.create(key.signingKey(CoseAlgorithm.HMAC_256_64), new byte[] {7}, new byte[0]);
            assertThat(CoseMac0.decode(message, 100)
                            .verify(key.verificationKey(CoseAlgorithm.HMAC_256_64), new byte[0]))
                    .containsExactly(7);
        }
    }

    @Test
    void toStringShowsNoPrivateOrSecretPart() throws Exception {
        assertThat(CoseKey.decode(RFC8392_KEY_256))
                .hasToString("CoseKey[SYMMETRIC, HMAC_256_64, kid Symmetric256, SecretBytes[32 bytes]]");
        assertThat(CoseKey.decode(RFC8392_KEY_EC).toString())
                .contains("private part withheld")
                .doesNotContain("6c1382", "bc206c19")
                .doesNotContain(new BigInteger("6c1382765aec5358f117733d281c1c7bdc39884d04a45a1e6c67c858bc206c19", 16)
                        .toString());
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
