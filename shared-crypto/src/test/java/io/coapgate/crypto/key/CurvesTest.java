package io.coapgate.crypto.key;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvesTest {

    @Nested
    class OnP256 {

        private static final String X = "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f";
        private static final String Y = "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9";
        private static final String P = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        private static final String N = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

        @Test
        void coordinatesRoundTrip() throws Exception {
            ECPublicKey key = EcCurve.P_256.publicKey(hex(X), hex(Y));
            assertThat(EcCurve.P_256.x(key)).isEqualTo(hex(X));
            assertThat(EcCurve.P_256.y(key)).isEqualTo(hex(Y));
        }

        @Test
        void compressedPointsAreDecompressed() throws Exception {
            assertThat(EcCurve.P_256.y(EcCurve.P_256.publicKey(hex(X), true))).isEqualTo(hex(Y));
            assertThat(EcCurve.P_256.y(EcCurve.P_256.publicKey(hex(X), false))).isNotEqualTo(hex(Y));
        }

        @Test
        void derivesPublicKeysFromPrivateOnes() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            for (int i = 0; i < 8; i++) {
                KeyPair pair = generator.generateKeyPair();
                byte[] scalar = EcCurve.P_256.scalar((ECPrivateKey) pair.getPrivate());
                assertThat(EcCurve.P_256
                                .keyPair(EcCurve.P_256.privateKey(scalar))
                                .getPublic()
                                .getEncoded())
                        .isEqualTo(pair.getPublic().getEncoded());
            }
        }

        @Test
        void refusesPointsOffTheCurve() {
            assertReason(Reason.INVALID_POINT, () -> EcCurve.P_256.publicKey(hex(Y), hex(X)));
            assertReason(Reason.INVALID_POINT, () -> EcCurve.P_256.publicKey(new byte[32], new byte[32]));
            assertReason(Reason.INVALID_POINT, () -> EcCurve.P_256.publicKey(hex(P), hex(Y)));
            assertReason(
                    Reason.INVALID_POINT, () -> EcCurve.P_256.publicKey(hex("ff".repeat(32)), hex("ff".repeat(32))));
            assertReason(Reason.INVALID_POINT, () -> EcCurve.P_256.publicKey(hex("00".repeat(31) + "01"), true));
        }

        @Test
        void refusesCoordinatesOfOtherLengths() {
            assertReason(Reason.MALFORMED, () -> EcCurve.P_256.publicKey(new byte[31], hex(Y)));
            assertReason(Reason.MALFORMED, () -> EcCurve.P_256.publicKey(hex(X), new byte[33]));
        }

        @Test
        void refusesScalarsOutOfRange() {
            assertReason(Reason.MALFORMED, () -> EcCurve.P_256.privateKey(new byte[32]));
            assertReason(Reason.MALFORMED, () -> EcCurve.P_256.privateKey(hex(N)));
            assertReason(Reason.MALFORMED, () -> EcCurve.P_256.privateKey(new byte[31]));
        }

        @Test
        void tellsOtherCurvesApart() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            KeyPair pair = generator.generateKeyPair();
            assertThat(EcCurve.P_256.isOn(pair.getPublic())).isFalse();
            assertReason(Reason.UNSUPPORTED, () -> EcCurve.P_256.checked(pair.getPublic()));
            assertReason(Reason.UNSUPPORTED, () -> EcCurve.P_256.keyPair(pair.getPrivate()));
        }
    }

    @Nested
    class OnEd25519 {

        // RFC 8032 §7.1, test 1
        private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

        @Test
        void derivesThePublicKeyOfRfc8032() throws Exception {
            KeyPair pair = Ed25519.keyPair(Ed25519.privateKey(hex(SEED)));
            assertThat(Ed25519.bytes(pair.getPublic())).isEqualTo(hex(PUBLIC));
            assertThat(Ed25519.seed(pair.getPrivate())).isEqualTo(hex(SEED));
        }

        @Test
        void acceptsEveryGeneratedKey() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            for (int i = 0; i < 20; i++) {
                KeyPair pair = generator.generateKeyPair();
                assertThat(Ed25519.checked(pair.getPublic()).getEncoded())
                        .isEqualTo(pair.getPublic().getEncoded());
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000080",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0000000000000000000000000000000000000000000000000000000000000080",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
                })
        void refusesPointsOfSmallOrder(String point) {
            assertReason(Reason.INVALID_POINT, () -> Ed25519.publicKey(hex(point)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    "0200000000000000000000000000000000000000000000000000000000000000"
                })
        void refusesWhatIsNotCanonicalOrNoPoint(String point) {
            assertReason(Reason.INVALID_POINT, () -> Ed25519.publicKey(hex(point)));
        }

        @Test
        void refusesOtherLengths() {
            assertReason(Reason.MALFORMED, () -> Ed25519.publicKey(new byte[31]));
            assertReason(Reason.MALFORMED, () -> Ed25519.privateKey(new byte[33]));
        }

        @Test
        void tellsEd448Apart() throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
            assertThat(Ed25519.isOn(pair.getPublic())).isFalse();
            assertReason(Reason.UNSUPPORTED, () -> Ed25519.checked(pair.getPublic()));
            assertReason(Reason.UNSUPPORTED, () -> Ed25519.keyPair(pair.getPrivate()));
        }
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
