package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseAlgorithm.Kind.ENCRYPTION;
import static io.coapgate.crypto.cose.CoseAlgorithm.Kind.MAC;
import static io.coapgate.crypto.cose.CoseAlgorithm.Kind.SIGNATURE;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of RFC 9053 that are supported, by their IANA identifiers. Each ECDSA algorithm stands for one curve, as
 * RFC 9053 §2.1 recommends, so that the algorithm alone says what a key must be.
 */
public enum CoseAlgorithm {
    /** ECDSA with SHA-256 on P-256 (RFC 9053 §2.1). */
    ES256("ES256", -7, KeyCurve.P_256, 64, "SHA256withECDSAinP1363Format"),
    /** ECDSA with SHA-384 on P-384 (RFC 9053 §2.1). */
    ES384("ES384", -35, KeyCurve.P_384, 96, "SHA384withECDSAinP1363Format"),
    /** ECDSA with SHA-512 on P-521 (RFC 9053 §2.1). */
    ES512("ES512", -36, KeyCurve.P_521, 132, "SHA512withECDSAinP1363Format"),
    /** EdDSA, here always Ed25519 (RFC 9053 §2.2). */
    EDDSA("EdDSA", -8, KeyCurve.ED25519, 64, "Ed25519"),

    /** HMAC with SHA-256 cut to 64 bits (RFC 9053 §3.1). */
    HMAC_256_64("HMAC 256/64", 4, 32, 8, "HmacSHA256"),
    /** HMAC with SHA-256 (RFC 9053 §3.1). */
    HMAC_256_256("HMAC 256/256", 5, 32, 32, "HmacSHA256"),
    /** HMAC with SHA-384 (RFC 9053 §3.1). */
    HMAC_384_384("HMAC 384/384", 6, 48, 48, "HmacSHA384"),
    /** HMAC with SHA-512 (RFC 9053 §3.1). */
    HMAC_512_512("HMAC 512/512", 7, 64, 64, "HmacSHA512"),

    /** AES-GCM with a key of 128 bits (RFC 9053 §4.1). */
    A128GCM("A128GCM", 1, Mode.GCM, 16, 16, 12),
    /** AES-GCM with a key of 192 bits (RFC 9053 §4.1). */
    A192GCM("A192GCM", 2, Mode.GCM, 24, 16, 12),
    /** AES-GCM with a key of 256 bits (RFC 9053 §4.1). */
    A256GCM("A256GCM", 3, Mode.GCM, 32, 16, 12),
    /** AES-CCM with a key of 128 bits, a tag of 64 bits and a nonce of 13 bytes (RFC 9053 §4.2). */
    AES_CCM_16_64_128("AES-CCM-16-64-128", 10, Mode.CCM, 16, 8, 13),
    /** AES-CCM with a key of 256 bits, a tag of 64 bits and a nonce of 13 bytes (RFC 9053 §4.2). */
    AES_CCM_16_64_256("AES-CCM-16-64-256", 11, Mode.CCM, 32, 8, 13),
    /** AES-CCM with a key of 128 bits, a tag of 64 bits and a nonce of 7 bytes (RFC 9053 §4.2). */
    AES_CCM_64_64_128("AES-CCM-64-64-128", 12, Mode.CCM, 16, 8, 7),
    /** AES-CCM with a key of 256 bits, a tag of 64 bits and a nonce of 7 bytes (RFC 9053 §4.2). */
    AES_CCM_64_64_256("AES-CCM-64-64-256", 13, Mode.CCM, 32, 8, 7),
    /** AES-CCM with a key of 128 bits, a tag of 128 bits and a nonce of 13 bytes (RFC 9053 §4.2). */
    AES_CCM_16_128_128("AES-CCM-16-128-128", 30, Mode.CCM, 16, 16, 13),
    /** AES-CCM with a key of 256 bits, a tag of 128 bits and a nonce of 13 bytes (RFC 9053 §4.2). */
    AES_CCM_16_128_256("AES-CCM-16-128-256", 31, Mode.CCM, 32, 16, 13),
    /** AES-CCM with a key of 128 bits, a tag of 128 bits and a nonce of 7 bytes (RFC 9053 §4.2). */
    AES_CCM_64_128_128("AES-CCM-64-128-128", 32, Mode.CCM, 16, 16, 7),
    /** AES-CCM with a key of 256 bits, a tag of 128 bits and a nonce of 7 bytes (RFC 9053 §4.2). */
    AES_CCM_64_128_256("AES-CCM-64-128-256", 33, Mode.CCM, 32, 16, 7);

    private final String ianaName;
    private final int id;
    private final Kind kind;
    private final @Nullable KeyCurve curve;
    private final int keyLength;
    private final int tagLength;
    private final int nonceLength;
    private final String jcaName;

    /** What an algorithm does, which decides the structure that it may stand in. */
    public enum Kind {
        /** Signs with a private key: {@link CoseSign1}. */
        SIGNATURE,
        /** Authenticates with a shared secret: {@link CoseMac0}. */
        MAC,
        /** Encrypts and authenticates with a shared secret: {@link CoseEncrypt0}. */
        ENCRYPTION
    }

    CoseAlgorithm(String ianaName, int id, KeyCurve curve, int tagLength, String jcaName) {
        this(ianaName, id, SIGNATURE, curve, 0, tagLength, 0, jcaName);
    }

    CoseAlgorithm(String ianaName, int id, int keyLength, int tagLength, String jcaName) {
        this(ianaName, id, MAC, null, keyLength, tagLength, 0, jcaName);
    }

    CoseAlgorithm(String ianaName, int id, String mode, int keyLength, int tagLength, int nonceLength) {
        this(ianaName, id, ENCRYPTION, null, keyLength, tagLength, nonceLength, mode);
    }

    CoseAlgorithm(
            String ianaName,
            int id,
            Kind kind,
            @Nullable KeyCurve curve,
            int keyLength,
            int tagLength,
            int nonceLength,
            String jcaName) {
        this.ianaName = ianaName;
        this.id = id;
        this.kind = kind;
        this.curve = curve;
        this.keyLength = keyLength;
        this.tagLength = tagLength;
        this.nonceLength = nonceLength;
        this.jcaName = jcaName;
    }

    /** The algorithm with this IANA identifier, if it is supported. */
    public static Optional<CoseAlgorithm> ofId(long id) {
        return Arrays.stream(values()).filter(one -> one.id == id).findFirst();
    }

    /** The algorithm with this IANA name, if it is supported. */
    public static Optional<CoseAlgorithm> ofIanaName(String name) {
        return Arrays.stream(values()).filter(one -> one.ianaName.equals(name)).findFirst();
    }

    /** The algorithm for signatures of keys on this key's curve (RFC 9053 §2 as used here), if it is on a supported one. */
    public static Optional<CoseAlgorithm> forSignaturesOf(PublicKey key) {
        return Arrays.stream(values())
                .filter(one -> one.curve().filter(curve -> curve.isOn(key)).isPresent())
                .findFirst();
    }

    /** The name in IANA's registry, as {@code HMAC 256/64}. */
    public String ianaName() {
        return ianaName;
    }

    /** The IANA identifier. */
    public int id() {
        return id;
    }

    /** What the algorithm does. */
    public Kind kind() {
        return kind;
    }

    /** The exact length of a signature, MAC or authentication tag, in bytes. */
    public int tagLength() {
        return tagLength;
    }

    /** The exact length of a nonce (COSE: IV) in bytes; 0 if the algorithm does not encrypt. */
    public int nonceLength() {
        return nonceLength;
    }

    /** The length of a key for encryption, and the least of a key for a MAC, in bytes; 0 for signatures. */
    public int keyLength() {
        return keyLength;
    }

    /** The curve that keys are on, if the algorithm signs. */
    Optional<KeyCurve> curve() {
        return Optional.ofNullable(curve);
    }

    /** The type of its keys. */
    CoseKey.Type keyType() {
        return curve == null ? CoseKey.Type.SYMMETRIC : curve.type();
    }

    /** The JCA name; a signature is r‖s of fixed length, as COSE has it. */
    String jcaName() {
        return jcaName;
    }

    /** The modes of AES: GCM is the platform's, which has no CCM. */
    private static final class Mode {
        static final String GCM = "AES/GCM/NoPadding";
        static final String CCM = "AES/CCM/NoPadding";
    }
}
