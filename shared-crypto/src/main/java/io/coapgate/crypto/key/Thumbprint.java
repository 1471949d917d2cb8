package io.coapgate.crypto.key;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 value, 32 bytes, that stands for a key or a token. Public, immutable, equal by content.
 *
 * <p>Two thumbprints are comparable only if the same thing was hashed: a COSE key (RFC 9679), a JWK (RFC 7638) and a
 * SubjectPublicKeyInfo give three different values for one key.
 */
public final class Thumbprint {

    /** The length of every thumbprint. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Thumbprint(byte[] owned) {
        if (owned.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 thumbprint has 32 bytes, not " + owned.length);
        }
        this.bytes = owned;
    }

    /** The thumbprint with this value, already hashed. */
    public static Thumbprint of(byte[] sha256) {
        return new Thumbprint(sha256.clone());
    }

    /** Hashes the parts, one after the other. */
    public static Thumbprint ofContent(byte[]... parts) {
        return new Thumbprint(Sha256.digest(parts));
    }

    /**
     * Hashes the key's SubjectPublicKeyInfo, the very bytes that a DTLS peer sends as its raw public key (RFC 7250).
     *
     * @throws IllegalArgumentException if the key has no encoding
     */
    public static Thumbprint ofSubjectPublicKeyInfo(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("the public key has no encoding");
        }
        return new Thumbprint(Sha256.digest(encoded));
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The value in base64url without padding, 43 characters. */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Thumbprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64Url();
    }
}
