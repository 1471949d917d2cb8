package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.RFC8392_KEY_128;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    /** Keys on P-384 and P-521, made with OpenSSL. */
    @Nested
    class OnLongerCurves {

        @ParameterizedTest
        @CsvSource({"p384, ES384, 2, 48", "p521, ES512, 3, 66"})
        void roundTrip(String file, CoseAlgorithm algorithm, int curve, int length) throws Exception {
            KeyPair pair = pair(file);
            CoseKey key = key(pair).withAlgorithm(algorithm);
            CBORObject map = key.toCbor();
            assertThat(map.get(CBORObject.FromObject(-1))).isEqualTo(CBORObject.FromObject(curve));
            for (int label : new int[] {-2, -3, -4}) {
                assertThat(map.get(CBORObject.FromObject(label)).GetByteString())
                        .hasSize(length);
            }
            CoseKey read = CoseKey.decode(key.encode());
            assertThat(read.publicKey().orElseThrow().getEncoded())
                    .isEqualTo(pair.getPublic().getEncoded());
            assertThat(read.encode()).isEqualTo(key.encode());
            assertThat(read.thumbprint())
                    .isEqualTo(CoseKey.ofPublicKey(pair.getPublic()).thumbprint());
            byte[] signed = CoseSign1.create(read.signingKey(algorithm), new byte[] {7}, CoseMessage.NO_AAD);
            assertThat(CoseSign1.decode(signed, 1024)
                            .verify(key.publicOnly().verificationKey(algorithm), CoseMessage.NO_AAD))
                    .containsExactly(7);
        }

        @ParameterizedTest
        @ValueSource(strings = {"p384", "p521"})
        void pointsMayBeCompressed(String file) throws Exception {
            PublicKey publicKey = pair(file).getPublic();
            CoseKey whole = CoseKey.ofPublicKey(publicKey);
            CBORObject map = whole.toCbor();
            byte[] y = map.get(CBORObject.FromObject(-3)).GetByteString();
            boolean odd = (y[y.length - 1] & 1) == 1;
            map.set(CBORObject.FromObject(-3), CBORObject.FromObject(odd));
            assertThat(CoseKey.ofCbor(map).encode()).isEqualTo(whole.encode());
            map.set(CBORObject.FromObject(-3), CBORObject.FromObject(!odd));
            assertThat(CoseKey.ofCbor(map).encode()).isNotEqualTo(whole.encode());
        }

        @ParameterizedTest
        @ValueSource(strings = {"p384", "p521"})
        void partsMustBelongTogether(String file) throws Exception {
            CBORObject map = key(pair(file)).toCbor();
            byte[] d = map.get(CBORObject.FromObject(-4)).GetByteString();
            d[d.length - 1] ^= 2;
            map.set(CBORObject.FromObject(-4), CBORObject.FromObject(d));
            assertReason(Reason.INVALID_KEY, () -> CoseKey.ofCbor(map));
        }

        @ParameterizedTest
        @ValueSource(strings = {"p384", "p521"})
        void partsHaveOneLength(String file) throws Exception {
            for (int label : new int[] {-2, -3, -4}) {
                CBORObject map = key(pair(file)).toCbor();
                byte[] part = map.get(CBORObject.FromObject(label)).GetByteString();
                map.set(CBORObject.FromObject(label), CBORObject.FromObject(Arrays.copyOf(part, part.length - 1)));
                assertReason(Reason.INVALID_KEY, () -> CoseKey.ofCbor(map));
                byte[] padded = new byte[part.length + 1];
                System.arraycopy(part, 0, padded, 1, part.length);
                map.set(CBORObject.FromObject(label), CBORObject.FromObject(padded));
                assertReason(Reason.INVALID_KEY, () -> CoseKey.ofCbor(map));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "p384, ES256",
            "p384, ES512",
            "p384, EDDSA",
            "p384, HMAC_384_384",
            "p384, A256GCM",
            "p521, ES256",
            "p521, ES384",
            "p521, EDDSA"
        })
        void algorithmsOfOtherCurvesAreRefused(String file, CoseAlgorithm other) throws Exception {
            CoseKey key = CoseKey.ofPublicKey(pair(file).getPublic());
            CBORObject map = key.toCbor();
            map.set(CBORObject.FromObject(3), CBORObject.FromObject(other.id()));
            assertReason(Reason.INVALID_KEY, () -> CoseKey.ofCbor(map));
            assertReason(Reason.KEY_USE_REFUSED, () -> key.withAlgorithm(other));
        }

        @ParameterizedTest
        @CsvSource({"p384, ES256, ES512", "p521, ES256, ES384"})
        void keysWithoutAlgorithmStillAreForTheirCurveOnly(String file, CoseAlgorithm one, CoseAlgorithm other)
                throws Exception {
            CoseKey key = key(pair(file));
            for (CoseAlgorithm wrong : List.of(one, other)) {
                assertReason(Reason.INVALID_KEY, () -> key.verificationKey(wrong));
                assertReason(Reason.INVALID_KEY, () -> key.signingKey(wrong));
            }
        }

        private CoseKey key(KeyPair pair) throws CoseException {
            return CoseKey.of(KeyParameters.none(CoseKey.Type.EC2), pair.getPublic(), pair.getPrivate());
        }

        private KeyPair pair(String file) throws Exception {
            try (InputStream in = Pem.class.getResourceAsStream(file + "-pkcs8.pem")) {
                return Pem.keyPair(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII));
            }
        }
    }

    @Nested
    class ForEncryption {

        private static final String K = "2050231f4c4d4d3051fdc2ec0a3851d5b383";
        private static final String BASE_IV = "054d89f52f65a1c580933b5261a72f";

        @Test
        void theBaseIvIsKeptAndWritten() throws Exception {
            byte[] encoded = hex("a40104030a" + BASE_IV + K);
            CoseKey key = CoseKey.decode(encoded);
            assertThat(key.baseIv()).contains(hex(BASE_IV.substring(4)));
            assertThat(key.encode()).isEqualTo(encoded);
            assertThat(key.withKeyId(KeyId.ofUtf8("k")).baseIv()).contains(hex(BASE_IV.substring(4)));
            assertThat(CoseKey.decode(hex("a2" + "0104" + K)).baseIv()).isEmpty();
        }

        @Test
        void theBaseIvIsACopy() throws Exception {
            CoseKey key = CoseKey.decode(hex("a40104030a" + BASE_IV + K));
            Arrays.fill(key.baseIv().orElseThrow(), (byte) 0);
            assertThat(key.baseIv()).contains(hex(BASE_IV.substring(4)));
        }

        @Test
        void theBaseIvMakesPartialIvsWhole() throws Exception {
            CoseKey key = CoseKey.decode(hex("a40104030a" + BASE_IV + K)).withKeyId(KeyId.ofUtf8("k"));
            CoseAlgorithm algorithm = CoseAlgorithm.AES_CCM_16_64_128;
            byte[] message = CoseEncrypt0.createWithPartialIv(
                    key.encryptionKey(algorithm), new byte[] {1}, new byte[] {7}, CoseMessage.NO_AAD);
            CoseEncrypt0 decoded = CoseEncrypt0.decode(message, 100);
            assertThat(decoded.headers().keyId())
                    .isEqualTo(key.decryptionKey(algorithm).keyId());
            assertThat(decoded.decrypt(key.decryptionKey(algorithm), CoseMessage.NO_AAD))
                    .containsExactly(7);
        }

        @ParameterizedTest
        @CsvSource({
            "too short, 030a, 054c89f52f65a1c580933b5261a7",
            "too long, 030a, 054e89f52f65a1c580933b5261a72f00",
            "empty, 030a, 0540",
            "of AES-GCM, 0301, 054d89f52f65a1c580933b5261a72f",
            "of a MAC, 0305, 054d89f52f65a1c580933b5261a72f"
        })
        void aBaseIvOfAnotherLengthThanTheAlgorithmsIsInvalid(String name, String alg, String baseIv) {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex("a40104" + alg + baseIv + K)));
        }

        @Test
        void aBaseIvOfAnotherLengthIsFoundAtItsUse() throws Exception {
            CoseKey key = CoseKey.decode(hex("a30104" + BASE_IV + K));
            assertThat(key.decryptionKey(CoseAlgorithm.AES_CCM_16_64_128)).isNotNull();
            assertReason(Reason.INVALID_KEY, () -> key.decryptionKey(CoseAlgorithm.A128GCM));
            assertReason(Reason.INVALID_KEY, () -> key.encryptionKey(CoseAlgorithm.A128GCM));
            assertReason(Reason.INVALID_KEY, () -> key.withAlgorithm(CoseAlgorithm.A128GCM));
        }

        @ParameterizedTest
        @CsvSource({
            "encrypt, 048103, true, false",
            "decrypt, 048104, false, true",
            "both, 04820304, true, true",
            "wrap and unwrap, 04820506, false, false",
            "MACs, 0482090a, false, false"
        })
        void operationsAreHonoured(String name, String keyOps, boolean encrypts, boolean decrypts) throws Exception {
            CoseKey key = CoseKey.decode(hex("a30104" + keyOps + K));
            CoseAlgorithm algorithm = CoseAlgorithm.A128GCM;
            if (encrypts) {
                assertThat(key.encryptionKey(algorithm).algorithm()).isEqualTo(algorithm);
            } else {
                assertReason(Reason.KEY_USE_REFUSED, () -> key.encryptionKey(algorithm));
            }
            if (decrypts) {
                assertThat(key.decryptionKey(algorithm).algorithm()).isEqualTo(algorithm);
            } else {
                assertReason(Reason.KEY_USE_REFUSED, () -> key.decryptionKey(algorithm));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a4010403010482090aK", "a401040301048101K", "a40104030104820503K", "a401040305048103K"})
        void operationsAgainstAlgAreInvalid(String encoded) {
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex(encoded.replace("K", K))));
        }

        @Test
        void algAndLengthDecide() throws Exception {
            CoseKey bound = CoseKey.decode(hex("a301040301" + K));
            assertThat(bound.encryptionKey(CoseAlgorithm.A128GCM)).isNotNull();
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.encryptionKey(CoseAlgorithm.AES_CCM_16_64_128));
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.decryptionKey(CoseAlgorithm.AES_CCM_16_64_128));
            assertReason(Reason.KEY_USE_REFUSED, () -> bound.verificationKey(CoseAlgorithm.HMAC_256_256));
            CoseKey free = CoseKey.decode(hex("a20104" + K));
            assertReason(Reason.INVALID_KEY, () -> free.decryptionKey(CoseAlgorithm.A256GCM));
            assertReason(Reason.INVALID_KEY, () -> free.encryptionKey(CoseAlgorithm.A192GCM));
            assertReason(Reason.INVALID_KEY, () -> free.signingKey(CoseAlgorithm.HMAC_256_64));
        }

        @Test
        void onlySecretsEncryptAndOnlyWithAlgorithmsThatDo() throws Exception {
            CoseKey onCurve = CoseKey.decode(hex("a4" + EC2));
            assertReason(Reason.KEY_USE_REFUSED, () -> onCurve.decryptionKey(CoseAlgorithm.A128GCM));
            assertReason(Reason.KEY_USE_REFUSED, () -> onCurve.encryptionKey(CoseAlgorithm.A128GCM));
            assertReason(Reason.KEY_USE_REFUSED, () -> onCurve.decryptionKey(CoseAlgorithm.ES256));
            assertReason(Reason.KEY_USE_REFUSED, () -> onCurve.encryptionKey(CoseAlgorithm.ES256));
            CoseKey secret = CoseKey.decode(RFC8392_KEY_256);
            assertReason(Reason.KEY_USE_REFUSED, () -> secret.decryptionKey(CoseAlgorithm.HMAC_256_64));
            assertReason(Reason.KEY_USE_REFUSED, () -> secret.encryptionKey(CoseAlgorithm.HMAC_256_64));
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
