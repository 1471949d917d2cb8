package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.INVALID_POINT;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;

import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/** The points of one curve y² = x³ + ax + b over a prime field, from and to their bytes (SEC 1 §2.3). */
final class EcPoints {

    private static final byte COMPRESSED_EVEN = 2;
    private static final byte COMPRESSED_ODD = 3;
    private static final byte UNCOMPRESSED = 4;

    private final String curve;
    private final BigInteger p;
    private final BigInteger a;
    private final BigInteger b;
    private final int coordinateBytes;

    EcPoints(String curve, ECParameterSpec spec) {
        this.curve = curve;
        this.p = ((ECFieldFp) spec.getCurve().getField()).getP();
        this.a = spec.getCurve().getA();
        this.b = spec.getCurve().getB();
        this.coordinateBytes = (p.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    int coordinateBytes() {
        return coordinateBytes;
    }

    /** The point of these coordinates, which may lie anywhere. */
    ECPoint of(byte[] x, byte[] y) throws KeyFormatException {
        return new ECPoint(number(x, "coordinate"), number(y, "coordinate"));
    }

    /** The point with this x and the y that is odd, or not; anywhere, if there is no such y. */
    ECPoint of(byte[] x, boolean yIsOdd) throws KeyFormatException {
        BigInteger bigX = number(x, "coordinate");
        // p ≡ 3 (mod 4) on all three curves, so this is a root if there is one.
        BigInteger root = curveRight(bigX).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        BigInteger y = root.testBit(0) == yIsOdd ? root : p.subtract(root).mod(p);
        return new ECPoint(bigX, y);
    }

    /** The point in its uncompressed or compressed form; neither infinity nor the hybrid form are read. */
    ECPoint decode(byte[] point) throws KeyFormatException {
        int form = point.length == 0 ? 0 : point[0];
        if (form == UNCOMPRESSED && point.length == 1 + 2 * coordinateBytes) {
            return of(
                    Arrays.copyOfRange(point, 1, 1 + coordinateBytes),
                    Arrays.copyOfRange(point, 1 + coordinateBytes, point.length));
        }
        if (form == COMPRESSED_EVEN || form == COMPRESSED_ODD) {
            return of(Arrays.copyOfRange(point, 1, point.length), form == COMPRESSED_ODD);
        }
        throw new KeyFormatException(MALFORMED, "not a point on " + curve + " in one of its two forms");
    }

    /** 04‖x‖y. */
    byte[] uncompressed(ECPoint point) {
        byte[] encoded = new byte[1 + 2 * coordinateBytes];
        encoded[0] = UNCOMPRESSED;
        System.arraycopy(bytes(point.getAffineX()), 0, encoded, 1, coordinateBytes);
        System.arraycopy(bytes(point.getAffineY()), 0, encoded, 1 + coordinateBytes, coordinateBytes);
        return encoded;
    }

    /** 02‖x or 03‖x, by the parity of y. */
    byte[] compressed(ECPoint point) {
        byte[] encoded = Arrays.copyOf(uncompressed(point), 1 + coordinateBytes);
        encoded[0] = point.getAffineY().testBit(0) ? COMPRESSED_ODD : COMPRESSED_EVEN;
        return encoded;
    }

    /** @throws KeyFormatException {@code INVALID_POINT} unless it is a point on the curve and not the one at infinity */
    void requireOnCurve(ECPoint point) throws KeyFormatException {
        if (point.equals(ECPoint.POINT_INFINITY)
                || !inField(point.getAffineX())
                || !inField(point.getAffineY())
                || !point.getAffineY().modPow(BigInteger.TWO, p).equals(curveRight(point.getAffineX()))) {
            throw new KeyFormatException(INVALID_POINT, "the public point is not on " + curve);
        }
    }

    /** The number of these big-endian bytes, which must have the length of a coordinate. */
    BigInteger number(byte[] bytes, String what) throws KeyFormatException {
        if (bytes.length != coordinateBytes) {
            throw new KeyFormatException(
                    MALFORMED, "a " + curve + " " + what + " has " + coordinateBytes + " bytes, not " + bytes.length);
        }
        return new BigInteger(1, bytes);
    }

    /** The number in big-endian bytes, as many as a coordinate has. */
    byte[] bytes(BigInteger number) {
        byte[] minimal = number.toByteArray();
        byte[] fixed = new byte[coordinateBytes];
        int length = Math.min(minimal.length, coordinateBytes);
        System.arraycopy(minimal, minimal.length - length, fixed, coordinateBytes - length, length);
        Arrays.fill(minimal, (byte) 0);
        return fixed;
    }

    private BigInteger curveRight(BigInteger x) {
        return x.pow(3).add(a.multiply(x)).add(b).mod(p);
    }

    private boolean inField(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }
}
