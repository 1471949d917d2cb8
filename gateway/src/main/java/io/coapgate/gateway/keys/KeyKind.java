package io.coapgate.gateway.keys;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;

/** How keys for one use are made and read. Thread-safe. */
public interface KeyKind {
    KeyUse use();

    /** Of the keys that it makes now; those that are kept may have another. */
    String algorithm();

    /** A fresh key. */
    KeyMaterial make();

    /**
     * Reads a key that was made before; its id and its algorithm follow from the key.
     *
     * @throws KeyFormatException if it is no such key
     */
    KeyMaterial read(SecretBytes secret) throws KeyFormatException;
}
