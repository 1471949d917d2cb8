package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseMac0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.CoseSign1;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/**
 * Issues CWTs (RFC 8392 §7.1) in one name: signed or MACed, encrypted, or both. Immutable and safe for use by several
 * threads.
 *
 * <p>A token carries the tag of its COSE structure only, and the key's identifier if it has one: the smallest encoding
 * that {@link CwtVerifier} takes.
 */
public final class CwtIssuer {

    private final String name;
    private final UnaryOperator<byte[]> protection;
    private final String keys;

    private CwtIssuer(String name, UnaryOperator<byte[]> protection, String keys) {
        if (!ClaimsReader.isName(name)) {
            throw new IllegalArgumentException("an issuer's name has 1 to 255 characters, none of them controls");
        }
        this.name = name;
        this.protection = protection;
        this.keys = keys;
    }

    /** Signs or MACs its tokens, by the key's algorithm. */
    public CwtIssuer(String name, SigningKey key) {
        this(name, payload -> authenticated(key, payload), key.toString());
    }

    /**
     * Encrypts its tokens and does nothing else: the key, which recipient and issuer share, vouches for the issuer.
     *
     * @throws IllegalArgumentException on issuing, if the algorithm's nonces are too short to be random
     */
    public static CwtIssuer encrypting(String name, EncryptionKey key, SecureRandom random) {
        return new CwtIssuer(name, payload -> encrypted(key, random, payload), key.toString());
    }

    /** The same issuer, whose tokens are encrypted in addition: the nested CWT of RFC 8392 §7.1. */
    public CwtIssuer encryptedWith(EncryptionKey key, SecureRandom random) {
        UnaryOperator<byte[]> inner = protection;
        return new CwtIssuer(name, payload -> encrypted(key, random, inner.apply(payload)), keys + ", " + key);
    }

    /** The name that stands in {@code iss}. */
    public String name() {
        return name;
    }

    /** A token with these claims; {@code iss} becomes this issuer's name, whatever it was. */
    public byte[] issue(CwtClaims claims) {
        return protection.apply(claims.toBuilder().issuer(name).build().encode());
    }

    private static byte[] authenticated(SigningKey key, byte[] payload) {
        return key.algorithm().kind() == CoseAlgorithm.Kind.SIGNATURE
                ? CoseSign1.create(key, payload, CoseMessage.NO_AAD)
                : CoseMac0.create(key, payload, CoseMessage.NO_AAD);
    }

    private static byte[] encrypted(EncryptionKey key, SecureRandom random, byte[] plaintext) {
        return CoseEncrypt0.create(key, random, plaintext, CoseMessage.NO_AAD);
    }

    @Override
    public String toString() {
        return "CwtIssuer[" + name + ", " + keys + "]";
    }
}
