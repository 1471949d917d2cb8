package io.coapgate.crypto.cose;

import java.util.Optional;

/** The algorithms of RFC 9053 that are supported, by their IANA identifiers. */
public enum CoseAlgorithm {
    /** ECDSA with SHA-256, here always on P-256 (RFC 9053 §2.1). */
    ES256(-7, Kind.SIGNATURE, 64, "SHA256withECDSAinP1363Format"),
    /** EdDSA, here always Ed25519 (RFC 9053 §2.2). */
    EDDSA(-8, Kind.SIGNATURE, 64, "Ed25519"),
    /** HMAC with SHA-256 cut to 64 bits (RFC 9053 §3.1). */
    HMAC_256_64(4, Kind.MAC, 8, "HmacSHA256"),
    /** HMAC with SHA-256 (RFC 9053 §3.1). */
    HMAC_256_256(5, Kind.MAC, 32, "HmacSHA256");

    private final int id;
    private final Kind kind;
    private final int tagLength;
    private final String jcaName;

    /** What an algorithm does, which decides the structure that it may stand in. */
    public enum Kind {
        /** Signs with a private key: {@link CoseSign1}. */
        SIGNATURE,
        /** Authenticates with a shared secret: {@link CoseMac0}. */
        MAC
    }

    CoseAlgorithm(int id, Kind kind, int tagLength, String jcaName) {
        this.id = id;
        this.kind = kind;
        this.tagLength = tagLength;
        this.jcaName = jcaName;
    }

    /** The algorithm with this IANA identifier, if it is supported. */
    public static Optional<CoseAlgorithm> ofId(long id) {
        for (CoseAlgorithm algorithm : values()) {
            if (algorithm.id == id) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The IANA identifier. */
    public int id() {
        return id;
    }

    /** What the algorithm does. */
    public Kind kind() {
        return kind;
    }

    /** The exact length of a signature or MAC, in bytes. */
    public int tagLength() {
        return tagLength;
    }

    /** The JCA name; a signature is r‖s of fixed length, as COSE has it. */
    String jcaName() {
        return jcaName;
    }
}
