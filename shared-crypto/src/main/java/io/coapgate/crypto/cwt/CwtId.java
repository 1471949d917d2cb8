package io.coapgate.crypto.cwt;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A token's identifier ({@code cti}, RFC 8392 §3.1.7): 1 to 64 opaque bytes, equal by content. Immutable. */
public final class CwtId {

    /** The most bytes that an identifier may have. */
    public static final int MAX_BYTES = 64;

    private final byte[] bytes;

    private CwtId(byte[] owned) {
        if (!isValid(owned)) {
            throw new IllegalArgumentException("a token identifier has 1 to 64 bytes, not " + owned.length);
        }
        this.bytes = owned;
    }

    /** The identifier of these bytes. */
    public static CwtId of(byte[] bytes) {
        return new CwtId(bytes.clone());
    }

    static boolean isValid(byte[] bytes) {
        return bytes.length >= 1 && bytes.length <= MAX_BYTES;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CwtId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
