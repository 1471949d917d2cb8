package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.AMBIGUOUS;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MISSING_KEY;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates from and to PEM text (RFC 7468): EC on P-256, P-384 and P-521, Ed25519, and RSA of 2048 to 8192 bits.
 *
 * <p>Reads {@code PUBLIC KEY}, {@code PRIVATE KEY}, {@code EC PRIVATE KEY} and {@code CERTIFICATE}; at most 256 Ki
 * characters. Every public point is checked, and a private key's public part is derived from it, not believed. Blocks of
 * other kinds are passed over, so that one file may hold a key with its certificates. Stateless.
 */
public final class Pem {

    private static final String SPKI = "PUBLIC KEY";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    /** The one public key in the text. */
    public static PublicKey publicKey(String pem) throws KeyFormatException {
        return DerKeys.subjectPublicKeyInfo(only(pem, List.of(SPKI)).der());
    }

    /** The one private key in the text. */
    public static PrivateKey privateKey(String pem) throws KeyFormatException {
        return keyPair(pem).getPrivate();
    }

    /** The one private key in the text, with the public key derived from it. */
    public static KeyPair keyPair(String pem) throws KeyFormatException {
        PemBlock block = only(pem, List.of(PKCS8, SEC1));
        try {
            return block.label().equals(SEC1) ? Sec1.keyPair(block.der(), null) : DerKeys.pkcs8(block.der());
        } finally {
            Arrays.fill(block.der(), (byte) 0);
        }
    }

    /** All certificates in the text, in its order, one at least; their signatures and dates are not checked. */
    public static List<X509Certificate> certificates(String pem) throws KeyFormatException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.parse(pem)) {
            if (block.label().equals(CERTIFICATE)) {
                certificates.add(certificate(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw new KeyFormatException(MISSING_KEY, "no CERTIFICATE block");
        }
        return List.copyOf(certificates);
    }

    /** The public key as {@code PUBLIC KEY} (SubjectPublicKeyInfo). */
    public static String encode(PublicKey key) {
        return new PemBlock(SPKI, encoded(key.getEncoded())).encode();
    }

    /** The private key, unencrypted, as {@code PRIVATE KEY} (PKCS#8). */
    public static String encode(PrivateKey key) {
        return new PemBlock(PKCS8, encoded(key.getEncoded())).encode();
    }

    /** The certificate as {@code CERTIFICATE}. */
    public static String encode(X509Certificate certificate) throws KeyFormatException {
        try {
            return new PemBlock(CERTIFICATE, certificate.getEncoded()).encode();
        } catch (CertificateException e) {
            throw new KeyFormatException(MALFORMED, "a certificate that can't be encoded");
        }
    }

    /** The EC key pair, unencrypted, as {@code EC PRIVATE KEY} (SEC 1): what clients built on GnuTLS read. */
    public static String encodeSec1(KeyPair pair) throws KeyFormatException {
        EcCurve curve = EcCurve.of(pair.getPrivate())
                .filter(one -> one.isOn(pair.getPublic()))
                .orElseThrow(() -> new KeyFormatException(UNSUPPORTED, "only an EC key can be an EC PRIVATE KEY"));
        byte[] der = Sec1.encode(curve, (ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
        return new PemBlock(SEC1, der).encode();
    }

    private static PemBlock only(String pem, List<String> labels) throws KeyFormatException {
        List<PemBlock> found = PemBlock.parse(pem).stream()
                .filter(block -> labels.contains(block.label()))
                .toList();
        if (found.isEmpty()) {
            throw new KeyFormatException(MISSING_KEY, "no block of the kind " + String.join(" or ", labels));
        }
        if (found.size() > 1) {
            throw new KeyFormatException(AMBIGUOUS, "several blocks of the kind " + String.join(" or ", labels));
        }
        return found.get(0);
    }

    private static X509Certificate certificate(byte[] der) throws KeyFormatException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(MALFORMED, "a CERTIFICATE block that is no X.509 certificate");
        }
    }

    private static byte[] encoded(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalArgumentException("the key does not give out its encoding");
        }
        return bytes;
    }
}
