package io.coapgate.crypto.key;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Set;

/** Decides whether 32 bytes are an acceptable Ed25519 public key (RFC 8032 §5.1.3); the JDK decides it only when used. */
final class EdwardsPoint {

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D =
            new BigInteger("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3", 16);

    /** The y coordinates of the points of order 1, 2, 4 and 8. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            BigInteger.ZERO,
            littleEndian("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            littleEndian("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

    private EdwardsPoint() {}

    static boolean isAcceptable(byte[] encoded) {
        BigInteger y = littleEndian(encoded).clearBit(255); // the top bit is the sign of x
        return y.compareTo(P) < 0 && !SMALL_ORDER.contains(y) && hasX(y);
    }

    /** x² = (y² − 1) / (d·y² + 1) has a root just if numerator times denominator has one: Euler's criterion. */
    private static boolean hasX(BigInteger y) {
        BigInteger ySquared = y.multiply(y);
        BigInteger numerator = ySquared.subtract(BigInteger.ONE);
        BigInteger denominator = D.multiply(ySquared).add(BigInteger.ONE);
        BigInteger exponent = P.subtract(BigInteger.ONE).shiftRight(1);
        return numerator.multiply(denominator).modPow(exponent, P).equals(BigInteger.ONE);
    }

    private static BigInteger littleEndian(String hex) {
        return littleEndian(HexFormat.of().parseHex(hex));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
