package io.coapgate.crypto.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key identifier ({@code kid}): 1 to 64 opaque bytes, public, equal by content. Immutable.
 *
 * <p>A key identifier is a hint for finding a key, never proof of anything (RFC 9052 §3.1).
 */
public final class KeyId {

    /** The most bytes that a key identifier may have. */
    public static final int MAX_BYTES = 64;

    private final byte[] bytes;

    private KeyId(byte[] owned) {
        if (!isValid(owned)) {
            throw new IllegalArgumentException("a key identifier has 1 to 64 bytes, not " + owned.length);
        }
        this.bytes = owned;
    }

    /** The key identifier of these bytes. */
    public static KeyId of(byte[] bytes) {
        return new KeyId(bytes.clone());
    }

    /** The key identifier of the text's UTF-8 bytes. */
    public static KeyId ofUtf8(String text) {
        return new KeyId(text.getBytes(UTF_8));
    }

    /** Whether these bytes have a length that a key identifier may have. */
    public static boolean isValid(byte[] bytes) {
        return bytes.length >= 1 && bytes.length <= MAX_BYTES;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text if all bytes are visible ASCII, else {@code 0x} and hexadecimal digits; safe to log. */
    @Override
    public String toString() {
        for (byte b : bytes) {
            if (b <= ' ' || b > '~') {
                return "0x" + HexFormat.of().formatHex(bytes);
            }
        }
        return new String(bytes, UTF_8);
    }
}
