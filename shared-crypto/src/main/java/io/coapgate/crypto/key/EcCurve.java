package io.coapgate.crypto.key;

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
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * The NIST curves over prime fields (SEC 2): keys from and to their bare coordinates.
 *
 * <p>A public key that comes from here is a point on the curve, not the point at infinity; as the curves have cofactor 1,
 * it then has the right order too.
 */
@SuppressWarnings("ImmutableEnumChecker") // JCA's specs can't be changed, and no array is given out
public enum EcCurve {
    /** secp256r1. */
    P_256("P-256", "secp256r1", "2a8648ce3d030107"),
    /** secp384r1. */
    P_384("P-384", "secp384r1", "2b81040022"),
    /** secp521r1. */
    P_521("P-521", "secp521r1", "2b81040023");

    private final String nistName;
    private final byte[] objectIdentifier;
    private final ECParameterSpec spec;
    private final EcPoints points;

    EcCurve(String nistName, String jcaName, String objectIdentifier) {
        this.nistName = nistName;
        this.objectIdentifier = HexFormat.of().parseHex(objectIdentifier);
        this.spec = spec(jcaName);
        this.points = new EcPoints(nistName, spec);
    }

    /** The curve of this key, public or private, if it is an elliptic curve key on one of them. */
    public static Optional<EcCurve> of(Key key) {
        return Arrays.stream(values()).filter(curve -> curve.isOn(key)).findFirst();
    }

    /** The name that NIST, JOSE and COSE give the curve, as {@code P-256}. */
    public String nistName() {
        return nistName;
    }

    /** The curve with this object identifier, given as the content of its DER element (RFC 5480 §2.1.1.1). */
    static Optional<EcCurve> ofObjectIdentifier(byte[] content) {
        return Arrays.stream(values())
                .filter(curve -> Arrays.equals(curve.objectIdentifier, content))
                .findFirst();
    }

    byte[] objectIdentifier() {
        return objectIdentifier.clone();
    }

    /** The length of a coordinate and of a private scalar: 32, 48 or 66. */
    public int coordinateBytes() {
        return points.coordinateBytes();
    }

    /** Whether this is an elliptic curve key, public or private, on this curve. */
    public boolean isOn(Key key) {
        if (!(key instanceof ECKey ec) || ec.getParams() == null) {
            return false;
        }
        ECParameterSpec params = ec.getParams();
        return params.getCurve().equals(spec.getCurve())
                && params.getGenerator().equals(spec.getGenerator())
                && params.getOrder().equals(spec.getOrder());
    }

    /**
     * The public key with these big-endian coordinates of {@link #coordinateBytes} each.
     *
     * @throws KeyFormatException if the point is not on the curve
     */
    public ECPublicKey publicKey(byte[] x, byte[] y) throws KeyFormatException {
        return publicKey(points.of(x, y));
    }

    /** The public key with this x coordinate and the y coordinate that is odd, or not (SEC 1 §2.3.4). */
    public ECPublicKey publicKey(byte[] x, boolean yIsOdd) throws KeyFormatException {
        return publicKey(points.of(x, yIsOdd));
    }

    /** The public key with this point, uncompressed or compressed (SEC 1 §2.3.4). */
    ECPublicKey publicKey(byte[] point) throws KeyFormatException {
        return publicKey(points.decode(point));
    }

    /**
     * Refuses a public key that is not a point on this curve, whoever made it.
     *
     * @throws KeyFormatException if it is no such key
     */
    public ECPublicKey checked(PublicKey key) throws KeyFormatException {
        if (!(key instanceof ECPublicKey ec) || !isOn(key)) {
            throw new KeyFormatException(UNSUPPORTED, "not a public key on " + nistName);
        }
        points.requireOnCurve(ec.getW());
        return ec;
    }

    /** The private key with this big-endian scalar of {@link #coordinateBytes}. */
    public ECPrivateKey privateKey(byte[] scalar) throws KeyFormatException {
        BigInteger s = points.number(scalar, "private scalar");
        if (s.signum() == 0 || s.compareTo(spec.getOrder()) >= 0) {
            throw new KeyFormatException(MALFORMED, "the private scalar is out of range");
        }
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(s, spec));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this " + nistName + " private key");
        }
    }

    /** The x coordinate, big-endian of fixed length. */
    public byte[] x(ECPublicKey key) {
        return points.bytes(key.getW().getAffineX());
    }

    /** The y coordinate, big-endian of fixed length. */
    public byte[] y(ECPublicKey key) {
        return points.bytes(key.getW().getAffineY());
    }

    /** The point 04‖x‖y (SEC 1 §2.3.3). */
    byte[] uncompressed(ECPublicKey key) {
        return points.uncompressed(key.getW());
    }

    /** The point 02‖x or 03‖x, by the parity of y (SEC 1 §2.3.3). */
    byte[] compressed(ECPublicKey key) {
        return points.compressed(key.getW());
    }

    /** The private scalar, big-endian of fixed length; zero it after use. */
    public byte[] scalar(ECPrivateKey key) {
        return points.bytes(key.getS());
    }

    /** The private key with the public key that belongs to it. */
    public KeyPair keyPair(PrivateKey privateKey) throws KeyFormatException {
        if (!isOn(privateKey)) {
            throw new KeyFormatException(UNSUPPORTED, "not a private key on " + nistName);
        }
        try {
            // ECDH with the generator as the peer yields the x coordinate of the public key, in constant time and
            // without curve arithmetic of our own. Which of the two points it is, a signature tells.
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(publicKey(spec.getGenerator()), true);
            byte[] x = agreement.generateSecret();
            ECPublicKey even = publicKey(x, false);
            ECPublicKey publicKey = belongTogether(privateKey, even) ? even : publicKey(x, true);
            return new KeyPair(publicKey, privateKey);
        } catch (KeyFormatException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this " + nistName + " private key");
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

    private ECPublicKey publicKey(ECPoint point) throws KeyFormatException {
        points.requireOnCurve(point);
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this " + nistName + " public key");
        }
    }

    private static ECParameterSpec spec(String jcaName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(jcaName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + jcaName, e);
        }
    }
}
