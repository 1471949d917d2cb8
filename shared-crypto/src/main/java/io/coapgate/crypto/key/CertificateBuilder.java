package io.coapgate.crypto.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes X.509 v3 certificates (RFC 5280) for P-256 and Ed25519 keys: a small authority for demonstrations, tests and first
 * steps, not a certificate authority for a fleet.
 *
 * <p>Signs by ECDSA with SHA-256 or by Ed25519, as the issuer's key demands. Every certificate carries the key usage that
 * goes with its role, and key identifiers by which chains are built. A builder makes one certificate and is used by one
 * thread.
 */
public final class CertificateBuilder {

    private static final String COMMON_NAME = "550403";
    private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
    private static final String ED25519 = "2b6570";
    private static final String SUBJECT_KEY_IDENTIFIER = "551d0e";
    private static final String KEY_USAGE = "551d0f";
    private static final String SUBJECT_ALTERNATIVE_NAME = "551d11";
    private static final String BASIC_CONSTRAINTS = "551d13";
    private static final String AUTHORITY_KEY_IDENTIFIER = "551d23";
    private static final String EXTENDED_KEY_USAGE = "551d25";
    private static final String SERVER_AUTHENTICATION = "2b06010505070301";
    private static final String CLIENT_AUTHENTICATION = "2b06010505070302";

    private static final int DNS_NAME = 0x82;
    private static final int URI = 0x86;
    private static final int IP_ADDRESS = 0x87;
    private static final int SERIAL_BITS = 127; // RFC 5280 §4.1.2.2: positive, at most 20 bytes

    private final byte[] subject;
    private final PublicKey key;
    private final Instant notBefore;
    private final Instant notAfter;
    private final BigInteger serial;
    private final List<byte[]> alternativeNames = new ArrayList<>();
    private final List<byte[]> extendedKeyUsages = new ArrayList<>();
    private boolean authority;

    /** A certificate of {@code key} for a subject that is known by its common name; valid including both seconds. */
    public CertificateBuilder(
            String commonName, PublicKey key, Instant notBefore, Instant notAfter, SecureRandom random) {
        this.subject = DerWriter.sequence(
                DerWriter.set(DerWriter.sequence(DerWriter.objectIdentifier(COMMON_NAME), DerWriter.utf8(commonName))));
        this.key = requireNonNull(key, "key");
        this.notBefore = requireNonNull(notBefore, "notBefore");
        this.notAfter = requireNonNull(notAfter, "notAfter");
        this.serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    }

    /** May sign other certificates, and nothing else. */
    public CertificateBuilder authority() {
        authority = true;
        return this;
    }

    public CertificateBuilder clientAuthentication() {
        extendedKeyUsages.add(DerWriter.objectIdentifier(CLIENT_AUTHENTICATION));
        return this;
    }

    public CertificateBuilder serverAuthentication() {
        extendedKeyUsages.add(DerWriter.objectIdentifier(SERVER_AUTHENTICATION));
        return this;
    }

    public CertificateBuilder dnsName(String name) {
        alternativeNames.add(DerWriter.element(DNS_NAME, name.getBytes(US_ASCII)));
        return this;
    }

    public CertificateBuilder uri(String uri) {
        alternativeNames.add(DerWriter.element(URI, uri.getBytes(US_ASCII)));
        return this;
    }

    public CertificateBuilder ipAddress(InetAddress address) {
        alternativeNames.add(DerWriter.element(IP_ADDRESS, address.getAddress()));
        return this;
    }

    /**
     * Signs the certificate with its own key.
     *
     * @throws GeneralSecurityException if the private key is not that of the certificate, or can't sign
     */
    public X509Certificate selfSigned(PrivateKey privateKey) throws GeneralSecurityException {
        X509Certificate certificate = sign(subject, Thumbprint.ofSubjectPublicKeyInfo(key), privateKey);
        certificate.verify(key);
        return certificate;
    }

    /**
     * Signs the certificate with the key of an authority.
     *
     * @param issuer an authority whose subject key identifier, if any, was made by a builder of this class
     * @throws GeneralSecurityException if the private key is not that of the issuer, or can't sign
     */
    public X509Certificate signedBy(X509Certificate issuer, PrivateKey issuerKey) throws GeneralSecurityException {
        byte[] name = issuer.getSubjectX500Principal().getEncoded();
        X509Certificate certificate = sign(name, Thumbprint.ofSubjectPublicKeyInfo(issuer.getPublicKey()), issuerKey);
        certificate.verify(issuer.getPublicKey());
        return certificate;
    }

    private X509Certificate sign(byte[] issuer, Thumbprint issuerKeyId, PrivateKey issuerKey)
            throws GeneralSecurityException {
        boolean edwards = Ed25519.isOn(issuerKey);
        byte[] algorithm = DerWriter.sequence(DerWriter.objectIdentifier(edwards ? ED25519 : ECDSA_WITH_SHA256));
        byte[] toBeSigned = DerWriter.sequence(
                DerWriter.element(0xa0, DerWriter.integer(BigInteger.TWO)), // version 3
                DerWriter.integer(serial),
                algorithm,
                issuer,
                DerWriter.sequence(DerWriter.time(notBefore), DerWriter.time(notAfter)),
                subject,
                key.getEncoded(),
                DerWriter.element(0xa3, extensions(issuerKeyId)));
        Signature signature = Signature.getInstance(edwards ? "Ed25519" : "SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(toBeSigned);
        byte[] der = DerWriter.sequence(toBeSigned, algorithm, DerWriter.bitString(0, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private byte[] extensions(Thumbprint issuerKeyId) {
        // Key identifiers by RFC 7093 §2, method 4: the hash of the SubjectPublicKeyInfo.
        byte[] keyId = Thumbprint.ofSubjectPublicKeyInfo(key).bytes();
        List<byte[]> extensions = new ArrayList<>();
        extensions.add(extension(SUBJECT_KEY_IDENTIFIER, DerWriter.octetString(keyId)));
        extensions.add(
                extension(AUTHORITY_KEY_IDENTIFIER, DerWriter.sequence(DerWriter.element(0x80, issuerKeyId.bytes()))));
        extensions.add(critical(
                BASIC_CONSTRAINTS, authority ? DerWriter.sequence(DerWriter.trueValue()) : DerWriter.sequence()));
        extensions.add(critical(
                KEY_USAGE,
                authority
                        ? DerWriter.bitString(1, (byte) 0x06) // keyCertSign, cRLSign
                        : DerWriter.bitString(7, (byte) 0x80))); // digitalSignature
        if (!extendedKeyUsages.isEmpty()) {
            extensions.add(extension(EXTENDED_KEY_USAGE, DerWriter.sequence(extendedKeyUsages.toArray(byte[][]::new))));
        }
        if (!alternativeNames.isEmpty()) {
            extensions.add(
                    extension(SUBJECT_ALTERNATIVE_NAME, DerWriter.sequence(alternativeNames.toArray(byte[][]::new))));
        }
        return DerWriter.sequence(extensions.toArray(byte[][]::new));
    }

    private static byte[] extension(String id, byte[] value) {
        return DerWriter.sequence(DerWriter.objectIdentifier(id), DerWriter.octetString(value));
    }

    private static byte[] critical(String id, byte[] value) {
        return DerWriter.sequence(DerWriter.objectIdentifier(id), DerWriter.trueValue(), DerWriter.octetString(value));
    }
}
