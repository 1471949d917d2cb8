package io.coapgate.gateway.keys;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;

/**
 * A key, as it is kept.
 *
 * @param id the {@code kid} of its tokens, in text
 * @param algorithm its name in JOSE or COSE
 * @param secret the key in the form of its {@link KeyKind}: text in UTF-8
 */
public record KeyMaterial(String id, String algorithm, SecretBytes secret) {
    public KeyMaterial {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(secret, "secret");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a key has an id");
        }
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + algorithm + ", kid " + id + "]";
    }
}
