package io.coapgate.crypto.ace;

import io.coapgate.crypto.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of an access token in revocation lists (RFC 9770 §4): SHA-256 over the token's base64url text, with the
 * identifier of that hash function in front (RFC 6920 §6). Immutable; it tells nothing of the token.
 *
 * <p>It goes by the token's bytes, of which anybody may change those that nothing authenticates: one who accepts tokens
 * recognises a revoked one by its {@code cti}.
 */
public final class TokenHash {
    /** SHA-256 in the Named Information Hash Algorithm Registry. */
    private static final byte SHA_256 = 1;

    private static final int LENGTH = 33;

    private final byte[] bytes;

    private TokenHash(byte[] owned) {
        this.bytes = owned;
    }

    /** Of a token as the {@code access_token} of application/ace+cbor has it, or of a CWT in base64url in JSON. */
    public static TokenHash of(byte[] accessToken) {
        return ofText(Base64.getUrlEncoder().withoutPadding().encodeToString(accessToken));
    }

    /** Of a token that its client got as a text in JSON, such as a JWT. */
    public static TokenHash ofText(String accessToken) {
        byte[] hash = Sha256.digest(accessToken.getBytes(StandardCharsets.UTF_8));
        byte[] named = new byte[LENGTH];
        named[0] = SHA_256;
        System.arraycopy(hash, 0, named, 1, hash.length);
        return new TokenHash(named);
    }

    /** The hash of this form; empty if it is of another hash function or length. */
    public static Optional<TokenHash> ofBytes(byte[] bytes) {
        return bytes.length == LENGTH && bytes[0] == SHA_256
                ? Optional.of(new TokenHash(bytes.clone()))
                : Optional.empty();
    }

    /** A copy: identifier and hash, 33 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
