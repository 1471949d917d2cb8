package io.coapgate.crypto.key;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurvesTest {

    /** The keys of RFC 6979 Appendix A.2.5 to A.2.7. */
    @SuppressWarnings("ImmutableEnumChecker") // numbers of a test
    enum Vector {
        P_256(
                EcCurve.P_256,
                "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
        P_384(
                EcCurve.P_384,
                "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
                "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13",
                "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720"),
        P_521(
                EcCurve.P_521,
                "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa8"
                        + "96eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538",
                "01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd3711"
                        + "23d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac474b9a2f5023a4",
                "00493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a28a0"
                        + "db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfdfcf5");

        private final EcCurve curve;
        private final byte[] d;
        private final byte[] x;
        private final byte[] y;

        Vector(EcCurve curve, String d, String x, String y) {
            this.curve = curve;
            this.d = hex(d);
            this.x = hex(x);
            this.y = hex(y);
        }

        /** This number as a coordinate or scalar. */
        byte[] fixed(BigInteger value) {
            return hex(("%0" + 2 * curve.coordinateBytes() + "x").formatted(value));
        }

        BigInteger order() throws Exception {
            return curve.publicKey(x, y).getParams().getOrder();
        }

        byte[] fieldSize() throws Exception {
            return fixed(
                    ((ECFieldFp) curve.publicKey(x, y).getParams().getCurve().getField()).getP());
        }

        KeyPair fresh() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(
                    new ECGenParameterSpec("secp" + curve.nistName().substring(2) + "r1"));
            return generator.generateKeyPair();
        }
    }

    @Nested
    class OnNistCurves {

        @ParameterizedTest
        @EnumSource
        void coordinatesRoundTrip(Vector vector) throws Exception {
            ECPublicKey key = vector.curve.publicKey(vector.x, vector.y);
            assertThat(vector.curve.x(key)).isEqualTo(vector.x);
            assertThat(vector.curve.y(key)).isEqualTo(vector.y);
            assertThat(vector.curve.coordinateBytes()).isEqualTo(vector.x.length);
            assertThat(vector.curve.uncompressed(key)).startsWith(4).hasSize(1 + 2 * vector.x.length);
        }

        @ParameterizedTest
        @EnumSource
        void compressedPointsAreDecompressed(Vector vector) throws Exception {
            boolean odd = (vector.y[vector.y.length - 1] & 1) == 1;
            ECPublicKey one = vector.curve.publicKey(vector.x, odd);
            ECPublicKey other = vector.curve.publicKey(vector.x, !odd);
            assertThat(vector.curve.y(one)).isEqualTo(vector.y);
            assertThat(vector.curve.y(other)).isNotEqualTo(vector.y);
            assertThat(vector.curve.compressed(one)).startsWith(odd ? 3 : 2).hasSize(1 + vector.x.length);
            assertThat(vector.curve.compressed(other)).startsWith(odd ? 2 : 3);
            assertThat(vector.curve.checked(other)).isSameAs(other);
        }

        @ParameterizedTest
        @EnumSource
        void pointsOfEitherFormAreRead(Vector vector) throws Exception {
            ECPublicKey key = vector.curve.publicKey(vector.x, vector.y);
            byte[] uncompressed = vector.curve.uncompressed(key);
            byte[] compressed = vector.curve.compressed(key);
            assertThat(vector.curve.publicKey(uncompressed).getW()).isEqualTo(key.getW());
            assertThat(vector.curve.publicKey(compressed).getW()).isEqualTo(key.getW());
            for (byte[] whole : new byte[][] {uncompressed, compressed}) {
                assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(Arrays.copyOf(whole, whole.length - 1)));
                assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(Arrays.copyOf(whole, whole.length + 1)));
            }
            uncompressed[0] = 6; // the hybrid form
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(uncompressed));
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(new byte[1])); // the point at infinity
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(new byte[0]));
        }

        @ParameterizedTest
        @EnumSource
        void derivesThePublicKeyOfRfc6979(Vector vector) throws Exception {
            KeyPair pair = vector.curve.keyPair(vector.curve.privateKey(vector.d));
            assertThat(vector.curve.x((ECPublicKey) pair.getPublic())).isEqualTo(vector.x);
            assertThat(vector.curve.y((ECPublicKey) pair.getPublic())).isEqualTo(vector.y);
            assertThat(vector.curve.scalar((ECPrivateKey) pair.getPrivate())).isEqualTo(vector.d);
        }

        @ParameterizedTest
        @EnumSource
        void derivesPublicKeysFromPrivateOnes(Vector vector) throws Exception {
            for (int i = 0; i < 6; i++) {
                KeyPair pair = vector.fresh();
                byte[] scalar = vector.curve.scalar((ECPrivateKey) pair.getPrivate());
                KeyPair derived = vector.curve.keyPair(vector.curve.privateKey(scalar));
                assertThat(derived.getPublic().getEncoded())
                        .isEqualTo(pair.getPublic().getEncoded());
            }
        }

        @ParameterizedTest
        @EnumSource
        void theLeastAndTheGreatestScalarYieldTheGeneratorAndItsNegative(Vector vector) throws Exception {
            KeyPair least = vector.curve.keyPair(vector.curve.privateKey(vector.fixed(BigInteger.ONE)));
            byte[] greatest = vector.fixed(vector.order().subtract(BigInteger.ONE));
            KeyPair most = vector.curve.keyPair(vector.curve.privateKey(greatest));
            ECPublicKey one = (ECPublicKey) least.getPublic();
            ECPublicKey minusOne = (ECPublicKey) most.getPublic();
            assertThat(one.getW()).isEqualTo(one.getParams().getGenerator());
            assertThat(vector.curve.x(minusOne)).isEqualTo(vector.curve.x(one));
            assertThat(vector.curve.y(minusOne)).isNotEqualTo(vector.curve.y(one));
        }

        @ParameterizedTest
        @EnumSource
        void refusesPointsOffTheCurve(Vector vector) throws Exception {
            byte[] zero = new byte[vector.x.length];
            byte[] ones = new byte[vector.x.length];
            Arrays.fill(ones, (byte) 0xff);
            byte[] p = vector.fieldSize();
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(vector.y, vector.x));
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(zero, zero));
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(p, vector.y));
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(vector.x, p));
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(ones, ones));
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(p, true));
            byte[] changed = vector.y.clone();
            changed[changed.length - 1] ^= 1;
            assertReason(Reason.INVALID_POINT, () -> vector.curve.publicKey(vector.x, changed));
        }

        @ParameterizedTest
        @EnumSource
        void refusesXWithoutAnY(Vector vector) {
            // About every second x has a point above it.
            int refused = 0;
            for (int x = 1; x <= 40; x++) {
                byte[] coordinate = vector.fixed(BigInteger.valueOf(x));
                try {
                    vector.curve.checked(vector.curve.publicKey(coordinate, true));
                } catch (KeyFormatException e) {
                    assertThat(e.reason()).isEqualTo(Reason.INVALID_POINT);
                    refused++;
                }
            }
            assertThat(refused).isBetween(5, 35);
        }

        @ParameterizedTest
        @EnumSource
        void refusesCoordinatesOfOtherLengths(Vector vector) {
            byte[] shorter = Arrays.copyOf(vector.x, vector.x.length - 1);
            byte[] longer = new byte[vector.x.length + 1];
            System.arraycopy(vector.x, 0, longer, 1, vector.x.length);
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(shorter, vector.y));
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(longer, vector.y));
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(vector.x, longer));
            assertReason(Reason.MALFORMED, () -> vector.curve.publicKey(longer, true));
        }

        @ParameterizedTest
        @EnumSource
        void refusesScalarsOutOfRange(Vector vector) throws Exception {
            int length = vector.d.length;
            BigInteger order = vector.order();
            assertReason(Reason.MALFORMED, () -> vector.curve.privateKey(new byte[length]));
            assertReason(Reason.MALFORMED, () -> vector.curve.privateKey(vector.fixed(order)));
            assertReason(Reason.MALFORMED, () -> vector.curve.privateKey(vector.fixed(order.add(BigInteger.ONE))));
            assertReason(Reason.MALFORMED, () -> vector.curve.privateKey(Arrays.copyOf(vector.d, length - 1)));
            assertReason(Reason.MALFORMED, () -> vector.curve.privateKey(Arrays.copyOf(vector.d, length + 1)));
        }

        @ParameterizedTest
        @EnumSource
        void tellsOtherCurvesApart(Vector vector) throws Exception {
            KeyPair pair = vector.fresh();
            assertThat(EcCurve.of(pair.getPublic())).contains(vector.curve);
            assertThat(EcCurve.of(pair.getPrivate())).contains(vector.curve);
            for (EcCurve other : EcCurve.values()) {
                if (other != vector.curve) {
                    assertThat(other.isOn(pair.getPublic())).isFalse();
                    assertThat(other.isOn(pair.getPrivate())).isFalse();
                    assertReason(Reason.UNSUPPORTED, () -> other.checked(pair.getPublic()));
                    assertReason(Reason.UNSUPPORTED, () -> other.keyPair(pair.getPrivate()));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA", "Ed25519"})
        void keysOfOtherKindsAreOnNone(String algorithm) throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            assertThat(EcCurve.of(pair.getPublic())).isEmpty();
            assertThat(EcCurve.of(pair.getPrivate())).isEmpty();
            assertReason(Reason.UNSUPPORTED, () -> EcCurve.P_256.checked(pair.getPublic()));
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
