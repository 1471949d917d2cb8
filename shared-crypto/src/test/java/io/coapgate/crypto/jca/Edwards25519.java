package io.coapgate.crypto.jca;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The curve of RFC 8032 §5.1 with plain integers, to make what no signer makes. Slow, and not for secrets. */
final class Edwards25519 {

    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    private Edwards25519() {}

    record Point(BigInteger x, BigInteger y) {
        static final Point ZERO = new Point(BigInteger.ZERO, BigInteger.ONE);

        static final Point OF_ORDER_TWO = new Point(BigInteger.ZERO, P.subtract(BigInteger.ONE));

        static final Point BASE = new Point(
                new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
                new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

        Point plus(Point other) {
            BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            BigInteger sumX = x.multiply(other.y).add(other.x.multiply(y));
            BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
            return new Point(
                    sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
                    sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P))
                            .mod(P));
        }

        Point times(BigInteger factor) {
            Point product = ZERO;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                product = product.plus(product);
                if (factor.testBit(bit)) {
                    product = product.plus(this);
                }
            }
            return product;
        }

        byte[] encode() {
            byte[] bytes = littleEndian(y);
            bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return bytes;
        }
    }

    /** A signature by this secret scalar whose R is r times the base point, plus another point. */
    static byte[] sign(BigInteger scalar, BigInteger r, Point extra, byte[] publicKey, byte[] message) {
        byte[] point = Point.BASE.times(r).plus(extra).encode();
        BigInteger k = challenge(point, publicKey, message);
        byte[] signature = Arrays.copyOf(point, 64);
        System.arraycopy(littleEndian(r.add(k.multiply(scalar)).mod(L)), 0, signature, 32, 32);
        return signature;
    }

    private static BigInteger challenge(byte[] point, byte[] publicKey, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(point);
            digest.update(publicKey);
            return integer(digest.digest(message)).mod(L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        byte[] big = value.toByteArray();
        for (int i = 0; i < Math.min(big.length, 32); i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return bytes;
    }

    static BigInteger integer(byte[] littleEndian) {
        byte[] big = new byte[littleEndian.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = littleEndian[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }
}
