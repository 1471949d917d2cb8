package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.TestVectors;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ES256, ES384 and ES512 on their curves, with the keys and signatures of RFC 6979 Appendix A.2.5 to A.2.7. */
class CoseEcdsaTest {

    private static final int MAX = 1024;
    private static final byte[] NONE = CoseMessage.NO_AAD;
    private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

    /** An algorithm, with the private key of its curve and its signature of "sample". */
    enum Vector {
        ES256(
                CoseAlgorithm.ES256,
                EcCurve.P_256,
                "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
                "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"),
        ES384(
                CoseAlgorithm.ES384,
                EcCurve.P_384,
                "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
                "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
                "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"),
        ES512(
                CoseAlgorithm.ES512,
                EcCurve.P_521,
                "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa8"
                        + "96eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538",
                "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e"
                        + "25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fa",
                "00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af2826"
                        + "23eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4a67a");

        private final CoseAlgorithm algorithm;
        private final EcCurve curve;
        private final String d;
        private final String r;
        private final String s;

        Vector(CoseAlgorithm algorithm, EcCurve curve, String d, String r, String s) {
            this.algorithm = algorithm;
            this.curve = curve;
            this.d = d;
            this.r = r;
            this.s = s;
        }

        KeyPair pair() throws Exception {
            return curve.keyPair(curve.privateKey(hex(d)));
        }

        SigningKey signingKey() throws Exception {
            return SigningKey.of(algorithm, pair().getPrivate());
        }

        VerificationKey verificationKey() throws Exception {
            return VerificationKey.of(algorithm, pair().getPublic());
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePublishedSignatureVerifies(Vector vector) throws Exception {
        VerificationKey key = vector.verificationKey();
        assertThat(key.accepts(SAMPLE, hex(vector.r + vector.s))).isTrue();
        assertThat(key.accepts(SAMPLE, hex(vector.s + vector.r))).isFalse();
        assertThat(key.accepts(new byte[] {1}, hex(vector.r + vector.s))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void messagesVerifyWithTheirOwnKeyAndData(Vector vector) throws Exception {
        byte[] aad = {9};
        byte[] message = CoseSign1.create(vector.signingKey(), SAMPLE, aad);
        CoseSign1 decoded = CoseSign1.decode(message, MAX);
        assertThat(decoded.verify(vector.verificationKey(), aad)).isEqualTo(SAMPLE);
        assertReason(Reason.BAD_SIGNATURE, () -> decoded.verify(vector.verificationKey(), NONE));
        byte[] changed = message.clone();
        changed[changed.length - 1] ^= 1;
        assertReason(Reason.BAD_SIGNATURE, () -> CoseSign1.decode(changed, MAX).verify(vector.verificationKey(), aad));
    }

    @ParameterizedTest
    @EnumSource
    void signaturesAreOfOneLength(Vector vector) throws Exception {
        SigningKey key = vector.signingKey();
        for (int i = 0; i < 20; i++) {
            assertThat(key.authenticate(new byte[] {(byte) i}))
                    .hasSize(vector.algorithm.tagLength())
                    .hasSize(2 * vector.curve.coordinateBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysOnOtherCurvesAreRefused(Vector vector) throws Exception {
        KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertReason(Reason.INVALID_KEY, () -> SigningKey.of(vector.algorithm, ed25519.getPrivate()));
        assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(vector.algorithm, ed25519.getPublic()));
        for (Vector other : Vector.values()) {
            KeyPair pair = other.pair();
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(CoseAlgorithm.EDDSA, pair.getPrivate()));
            assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(CoseAlgorithm.EDDSA, pair.getPublic()));
            if (other != vector) {
                assertReason(Reason.INVALID_KEY, () -> SigningKey.of(vector.algorithm, pair.getPrivate()));
                assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(vector.algorithm, pair.getPublic()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesThatNameAnotherAlgorithmAreRefused(Vector vector) throws Exception {
        CoseSign1 message = CoseSign1.decode(CoseSign1.create(vector.signingKey(), SAMPLE, NONE), MAX);
        for (Vector other : Vector.values()) {
            if (other != vector) {
                assertReason(Reason.ALGORITHM_MISMATCH, () -> message.verify(other.verificationKey(), NONE));
            }
        }
        VerificationKey eddsa = VerificationKey.of(
                CoseAlgorithm.EDDSA,
                Ed25519.publicKey(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));
        assertReason(Reason.ALGORITHM_MISMATCH, () -> message.verify(eddsa, NONE));
    }

    @ParameterizedTest
    @EnumSource
    void signaturesOfOtherLengthsAreRefused(Vector vector) throws Exception {
        VerificationKey key = vector.verificationKey();
        byte[] whole = CoseSign1.create(vector.signingKey(), SAMPLE, NONE);
        byte[] signature = Arrays.copyOfRange(whole, whole.length - vector.algorithm.tagLength(), whole.length);
        for (int length : new int[] {0, 1, 64, 96, 132, signature.length - 1, signature.length + 1}) {
            if (length != signature.length) {
                CoseSign1 decoded = CoseSign1.decode(signedWith(vector, Arrays.copyOf(signature, length)), MAX);
                assertReason(Reason.BAD_SIGNATURE, () -> decoded.verify(key, NONE));
            }
        }
        assertThat(CoseSign1.decode(signedWith(vector, signature), MAX).verify(key, NONE))
                .isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @EnumSource
    void partsOfZeroOrOutOfRangeAreRefused(Vector vector) throws Exception {
        VerificationKey key = vector.verificationKey();
        int length = vector.curve.coordinateBytes();
        byte[] zero = new byte[length];
        byte[] order = order(vector);
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        byte[] r = hex(vector.r);
        for (byte[] first : new byte[][] {zero, order, ones, r}) {
            for (byte[] second : new byte[][] {zero, order, ones}) {
                byte[] both = Arrays.copyOf(first, 2 * length);
                System.arraycopy(second, 0, both, length, length);
                CoseSign1 forged = CoseSign1.decode(signedWith(vector, both), MAX);
                assertReason(Reason.BAD_SIGNATURE, () -> forged.verify(key, NONE));
            }
        }
    }

    @Test
    void derIsNotTakenForASignatureOfFixedLength() throws Exception {
        byte[] padded = Arrays.copyOf(hex("3006020101020101"), 96);
        CoseSign1 forged = CoseSign1.decode(signedWith(Vector.ES384, padded), MAX);
        assertReason(Reason.BAD_SIGNATURE, () -> forged.verify(Vector.ES384.verificationKey(), NONE));
    }

    private static byte[] order(Vector vector) throws Exception {
        BigInteger order = ((ECPublicKey) vector.pair().getPublic()).getParams().getOrder();
        return hex("0"
                        .repeat(2 * vector.curve.coordinateBytes()
                                - order.toString(16).length())
                + order.toString(16));
    }

    private static byte[] signedWith(Vector vector, byte[] signature) {
        return CborText.message(
                "d2",
                TestVectors.hex(AlgorithmHeader.of(vector.algorithm)),
                "a0",
                TestVectors.hex(SAMPLE),
                TestVectors.hex(signature));
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
