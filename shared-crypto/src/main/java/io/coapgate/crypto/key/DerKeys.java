package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Keys out of DER: SubjectPublicKeyInfo (RFC 5280 §4.1) and PKCS#8 (RFC 5958). */
final class DerKeys {

    private static final byte[] EC = HexFormat.of().parseHex("2a8648ce3d0201");
    private static final byte[] ED25519 = HexFormat.of().parseHex("2b6570");
    private static final byte[] RSA = HexFormat.of().parseHex("2a864886f70d010101");

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private static final int ATTRIBUTES = 0xa0;
    private static final int PKCS8_PUBLIC_KEY = 0x81;

    private DerKeys() {}

    static PublicKey subjectPublicKeyInfo(byte[] der) throws KeyFormatException {
        DerReader outer = new DerReader(der);
        DerReader info = outer.enter(DerReader.SEQUENCE);
        outer.requireEnd();
        DerReader algorithm = info.enter(DerReader.SEQUENCE);
        byte[] oid = algorithm.read(DerReader.OBJECT_IDENTIFIER);
        byte[] key = info.readBitString();
        info.requireEnd();
        try {
            if (Arrays.equals(oid, EC)) {
                EcCurve curve = Sec1.curve(algorithm);
                algorithm.requireEnd();
                return curve.publicKey(key); // not by the provider: not every one reads a compressed point
            }
            if (Arrays.equals(oid, ED25519)) {
                return Ed25519.publicKey(key);
            }
            if (Arrays.equals(oid, RSA)) {
                return ofSupportedSize(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
            }
        } catch (KeyFormatException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            // The cause may quote the key: it is not passed on.
            throw new KeyFormatException(MALFORMED, "the SubjectPublicKeyInfo is not that of a key");
        }
        throw new KeyFormatException(UNSUPPORTED, "the key is for none of EC, Ed25519 and RSA");
    }

    static KeyPair pkcs8(byte[] der) throws KeyFormatException {
        DerReader outer = new DerReader(der);
        DerReader info = outer.enter(DerReader.SEQUENCE);
        outer.requireEnd();
        info.read(DerReader.INTEGER);
        DerReader algorithm = info.enter(DerReader.SEQUENCE);
        byte[] oid = algorithm.read(DerReader.OBJECT_IDENTIFIER);
        byte[] key = info.read(DerReader.OCTET_STRING);
        skipOptional(info, ATTRIBUTES);
        skipOptional(info, PKCS8_PUBLIC_KEY);
        info.requireEnd();
        if (Arrays.equals(oid, EC)) {
            return Sec1.keyPair(key, Sec1.curve(algorithm));
        }
        if (Arrays.equals(oid, ED25519)) {
            return Ed25519.keyPair(Ed25519.privateKey(new DerReader(key).read(DerReader.OCTET_STRING)));
        }
        if (Arrays.equals(oid, RSA)) {
            return rsa(der);
        }
        throw new KeyFormatException(UNSUPPORTED, "the key is for none of EC, Ed25519 and RSA");
    }

    private static KeyPair rsa(byte[] pkcs8) throws KeyFormatException {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            PrivateKey key = ofSupportedSize(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            if (key instanceof RSAPrivateCrtKey crt) {
                BigInteger exponent = crt.getPublicExponent();
                return new KeyPair(factory.generatePublic(new RSAPublicKeySpec(crt.getModulus(), exponent)), key);
            }
            throw new KeyFormatException(UNSUPPORTED, "an RSA private key without its primes");
        } catch (KeyFormatException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(MALFORMED, "the PKCS#8 content is not that of an RSA key");
        }
    }

    private static <K> K ofSupportedSize(K key) throws KeyFormatException {
        int bits = key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0;
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new KeyFormatException(UNSUPPORTED, "an RSA key of " + bits + " bits, not 2048 to 8192");
        }
        return key;
    }

    private static void skipOptional(DerReader reader, int tag) throws KeyFormatException {
        if (reader.nextIs(tag)) {
            reader.read(tag);
        }
    }
}
