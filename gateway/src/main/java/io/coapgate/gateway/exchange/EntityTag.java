package io.coapgate.gateway.exchange;

import io.coapgate.crypto.key.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/** The value of an ETag or If-Match option, RFC 7252 §5.10.6: 1 to 8 bytes without a meaning of their own. Immutable. */
public final class EntityTag {
    static final int MAX_BYTES = 8;

    /** A first bit that no character has. */
    static final byte HASHED = (byte) 0x80;

    private final byte[] value;

    private EntityTag(byte[] value) {
        this.value = value;
    }

    /** @param value 1 to 8 bytes */
    public static EntityTag of(byte[] value) {
        if (value.length < 1 || value.length > MAX_BYTES) {
            throw new IllegalArgumentException("an ETag has 1 to 8 bytes");
        }
        return new EntityTag(value.clone());
    }

    /** One that tells contents apart where a service gives none: of their SHA-256, and no text. */
    public static EntityTag ofContent(byte[] content) {
        byte[] digest = Sha256.digest(content);
        digest[0] |= HASHED;
        return new EntityTag(Arrays.copyOf(digest, MAX_BYTES));
    }

    public byte[] bytes() {
        return value.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EntityTag other && Arrays.equals(value, other.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
