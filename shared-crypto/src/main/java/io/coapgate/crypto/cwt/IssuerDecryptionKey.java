package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.DecryptionKey;
import java.util.Objects;

/**
 * A key that a recipient shares with one issuer: what it decrypts, that issuer made, or the recipient itself.
 *
 * @param issuer the only {@code iss} that tokens under this key may have
 */
public record IssuerDecryptionKey(String issuer, DecryptionKey key) {

    public IssuerDecryptionKey {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(key, "key");
    }
}
