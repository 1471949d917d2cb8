package io.coapgate.crypto.cose;

/** What a key may be used for (RFC 9052 §7.1, {@code key_ops}). */
public enum KeyOperation {
    SIGN(1),
    VERIFY(2),
    ENCRYPT(3),
    DECRYPT(4),
    WRAP_KEY(5),
    UNWRAP_KEY(6),
    DERIVE_KEY(7),
    DERIVE_BITS(8),
    MAC_CREATE(9),
    MAC_VERIFY(10);

    private final int id;

    KeyOperation(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    /** Making what this kind of algorithm makes. */
    static KeyOperation creating(CoseAlgorithm.Kind kind) {
        return switch (kind) {
            case SIGNATURE -> SIGN;
            case MAC -> MAC_CREATE;
            case ENCRYPTION -> ENCRYPT;
        };
    }

    /** Verifying or decrypting what this kind of algorithm makes. */
    static KeyOperation checking(CoseAlgorithm.Kind kind) {
        return switch (kind) {
            case SIGNATURE -> VERIFY;
            case MAC -> MAC_VERIFY;
            case ENCRYPTION -> DECRYPT;
        };
    }
}
