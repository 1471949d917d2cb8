package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.INVALID_POINT;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * The curve P-256 (secp256r1): keys from and to their bare coordinates.
 *
 * <p>A public key that comes from here is a point on the curve, not the point at infinity; as the curve has cofactor 1,
 * it then has the right order too.
 */
public final class P256 {

    /** The length of a coordinate and of a private scalar. */
    public static final int COORDINATE_BYTES = 32;

    private static final ECParameterSpec SPEC = spec();
    private static final BigInteger P = ((ECFieldFp) SPEC.getCurve().getField()).getP();
    private static final BigInteger A = SPEC.getCurve().getA();
    private static final BigInteger B = SPEC.getCurve().getB();

    private P256() {}

    /** Whether this is an elliptic curve key, public or private, on this curve. */
    public static boolean isOn(Key key) {
        if (!(key instanceof ECKey ec) || ec.getParams() == null) {
            return false;
        }
        ECParameterSpec params = ec.getParams();
        return params.getCurve().equals(SPEC.getCurve())
                && params.getGenerator().equals(SPEC.getGenerator())
                && params.getOrder().equals(SPEC.getOrder());
    }

    /**
     * The public key with these big-endian coordinates of 32 bytes each.
     *
     * @throws KeyFormatException if the point is not on the curve
     */
    public static ECPublicKey publicKey(byte[] x, byte[] y) throws KeyFormatException {
        return publicKey(new ECPoint(coordinate(x), coordinate(y)));
    }

    /** The public key with this x coordinate and the y coordinate that is odd, or not (SEC 1 §2.3.4). */
    public static ECPublicKey publicKey(byte[] x, boolean yIsOdd) throws KeyFormatException {
        BigInteger bigX = coordinate(x);
        // p ≡ 3 (mod 4), so this is a root if there is one; publicKey(ECPoint) refuses it if there is none.
        BigInteger root = curveRight(bigX).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        BigInteger y = root.testBit(0) == yIsOdd ? root : P.subtract(root).mod(P);
        return publicKey(new ECPoint(bigX, y));
    }

    /**
     * Refuses a public key that is not a point on this curve, whoever made it.
     *
     * @throws KeyFormatException if it is no such key
     */
    public static ECPublicKey checked(PublicKey key) throws KeyFormatException {
        if (!(key instanceof ECPublicKey ec) || !isOn(key)) {
            throw new KeyFormatException(UNSUPPORTED, "not a public key on P-256");
        }
        requireOnCurve(ec.getW());
        return ec;
    }

    /** The private key with this big-endian scalar of 32 bytes. */
    public static ECPrivateKey privateKey(byte[] scalar) throws KeyFormatException {
        BigInteger s = unsigned(scalar, "private scalar");
        if (s.signum() == 0 || s.compareTo(SPEC.getOrder()) >= 0) {
            throw new KeyFormatException(MALFORMED, "the private scalar is out of range");
        }
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(s, SPEC));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this P-256 private key");
        }
    }

    /** The x coordinate, 32 bytes big-endian. */
    public static byte[] x(ECPublicKey key) {
        return fixedLength(key.getW().getAffineX());
    }

    /** The y coordinate, 32 bytes big-endian. */
    public static byte[] y(ECPublicKey key) {
        return fixedLength(key.getW().getAffineY());
    }

    /** The private scalar, 32 bytes big-endian; zero it after use. */
    public static byte[] scalar(ECPrivateKey key) {
        return fixedLength(key.getS());
    }

    /** The private key with the public key that belongs to it. */
    public static KeyPair keyPair(PrivateKey privateKey) throws KeyFormatException {
        if (!isOn(privateKey)) {
            throw new KeyFormatException(UNSUPPORTED, "not a private key on P-256");
        }
        try {
            // ECDH with the generator as the peer yields the x coordinate of the public key, in constant time and
            // without curve arithmetic of our own. Which of the two points it is, a signature tells.
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(publicKey(SPEC.getGenerator()), true);
            byte[] x = agreement.generateSecret();
            ECPublicKey even = publicKey(x, false);
            ECPublicKey publicKey = belongTogether(privateKey, even) ? even : publicKey(x, true);
            return new KeyPair(publicKey, privateKey);
        } catch (KeyFormatException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this P-256 private key");
        }
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(signed);
    }

    private static ECPublicKey publicKey(ECPoint point) throws KeyFormatException {
        requireOnCurve(point);
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, SPEC));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this P-256 public key");
        }
    }

    private static void requireOnCurve(ECPoint point) throws KeyFormatException {
        if (point.equals(ECPoint.POINT_INFINITY)
                || !inField(point.getAffineX())
                || !inField(point.getAffineY())
                || !point.getAffineY().modPow(BigInteger.TWO, P).equals(curveRight(point.getAffineX()))) {
            throw new KeyFormatException(INVALID_POINT, "the public point is not on P-256");
        }
    }

    private static BigInteger curveRight(BigInteger x) {
        return x.pow(3).add(A.multiply(x)).add(B).mod(P);
    }

    private static boolean inField(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(P) < 0;
    }

    private static BigInteger coordinate(byte[] bytes) throws KeyFormatException {
        return unsigned(bytes, "coordinate");
    }

    private static BigInteger unsigned(byte[] bytes, String what) throws KeyFormatException {
        if (bytes.length != COORDINATE_BYTES) {
            throw new KeyFormatException(MALFORMED, "a P-256 " + what + " has 32 bytes, not " + bytes.length);
        }
        return new BigInteger(1, bytes);
    }

    private static byte[] fixedLength(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(minimal.length, COORDINATE_BYTES);
        System.arraycopy(minimal, minimal.length - length, fixed, COORDINATE_BYTES - length, length);
        Arrays.fill(minimal, (byte) 0);
        return fixed;
    }

    private static ECParameterSpec spec() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no P-256", e);
        }
    }
}
