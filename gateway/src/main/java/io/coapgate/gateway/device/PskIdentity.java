package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The {@code psk_identity} of RFC 4279 §5.1 that a device presents.
 *
 * @param value UTF-8 text of 1 to 128 bytes
 */
public record PskIdentity(String value) {
    /** A wire bound: longer identities are refused before any look-up. */
    public static final int MAX_BYTES = 128;

    public PskIdentity {
        requireNonNull(value, "value");
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("a PSK identity is 1 to " + MAX_BYTES + " bytes of UTF-8");
        }
    }

    /** The {@code kid} by which tokens and requests for them name the key; empty if the identity is too long for one. */
    public Optional<KeyId> keyId() {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return KeyId.isValid(bytes) ? Optional.of(KeyId.of(bytes)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
