package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.INVALID_POINT;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** EC private keys from and to the DER of SEC 1 §C.4 (RFC 5915). */
final class Sec1 {

    private static final int PARAMETERS = 0xa0;
    private static final int PUBLIC_KEY = 0xa1;

    private Sec1() {}

    /** @param outer the curve that the structure around this one names, if there is one */
    static KeyPair keyPair(byte[] der, @Nullable EcCurve outer) throws KeyFormatException {
        DerReader outermost = new DerReader(der);
        DerReader key = outermost.enter(DerReader.SEQUENCE);
        outermost.requireEnd();
        if (!Arrays.equals(key.read(DerReader.INTEGER), new byte[] {1})) {
            throw new KeyFormatException(MALFORMED, "an EC private key of another version than 1");
        }
        byte[] scalar = key.read(DerReader.OCTET_STRING);
        EcCurve curve = key.nextIs(PARAMETERS) ? curve(key.enter(PARAMETERS)) : outer;
        if (curve == null || (outer != null && curve != outer)) {
            throw new KeyFormatException(MALFORMED, "an EC private key that names no curve, or two");
        }
        KeyPair pair = curve.keyPair(curve.privateKey(scalar));
        Arrays.fill(scalar, (byte) 0);
        if (key.nextIs(PUBLIC_KEY)) {
            requireSamePoint(
                    curve, (ECPublicKey) pair.getPublic(), key.enter(PUBLIC_KEY).readBitString());
        }
        key.requireEnd();
        return pair;
    }

    /** With the curve's name and the public point; zero it after use. */
    static byte[] encode(EcCurve curve, ECPrivateKey privateKey, ECPublicKey publicKey) {
        byte[] scalar = curve.scalar(privateKey);
        byte[] name = DerWriter.element(DerReader.OBJECT_IDENTIFIER, curve.objectIdentifier());
        byte[] der = DerWriter.sequence(
                DerWriter.integer(BigInteger.ONE),
                DerWriter.octetString(scalar),
                DerWriter.element(PARAMETERS, name),
                DerWriter.element(PUBLIC_KEY, DerWriter.bitString(0, curve.uncompressed(publicKey))));
        Arrays.fill(scalar, (byte) 0);
        return der;
    }

    /** The curve that these parameters name (RFC 5480 §2.1.1). */
    static EcCurve curve(DerReader parameters) throws KeyFormatException {
        Optional<EcCurve> named = parameters.nextIs(DerReader.OBJECT_IDENTIFIER)
                ? EcCurve.ofObjectIdentifier(parameters.read(DerReader.OBJECT_IDENTIFIER))
                : Optional.empty();
        return named.orElseThrow(
                () -> new KeyFormatException(UNSUPPORTED, "an EC key on another curve than P-256, P-384 and P-521"));
    }

    private static void requireSamePoint(EcCurve curve, ECPublicKey derived, byte[] written) throws KeyFormatException {
        if (!Arrays.equals(written, curve.uncompressed(derived))
                && !Arrays.equals(written, curve.compressed(derived))) {
            throw new KeyFormatException(INVALID_POINT, "the public key inside does not belong to the private key");
        }
    }
}
