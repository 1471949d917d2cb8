package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.Decrypter;
import io.coapgate.crypto.cwt.InvalidCwtException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of trying keys on the encryption around a token. Immutable. */
public final class CwtDecryption {

    private final byte @Nullable [] plaintext;
    private final @Nullable String obstacle;
    private final boolean lacksKey;

    private CwtDecryption(byte @Nullable [] plaintext, @Nullable String obstacle, boolean lacksKey) {
        this.plaintext = plaintext;
        this.obstacle = obstacle;
        this.lacksKey = lacksKey;
    }

    /** Decrypts as the verifier would, so only what the strict gate takes. */
    static CwtDecryption of(CoseLayer encrypted, DecryptionKeys keys, Instant now) {
        try {
            CoseEncrypt0 message = CoseEncrypt0.decode(encrypted.message().encoded(), StrictCbor.MAX_BYTES);
            CoseAlgorithm algorithm = message.headers().algorithm();
            if (!keys.tellOf(algorithm)) {
                return new CwtDecryption(null, "no key for " + algorithm.ianaName() + " was given", true);
            }
            byte[] plaintext = new Decrypter(keys.keys(), now).decrypt(message).plaintext();
            return new CwtDecryption(plaintext, null, false);
        } catch (CoseException | InvalidCwtException e) {
            return new CwtDecryption(null, e.getMessage(), false);
        }
    }

    /** Whether one of the keys decrypts. */
    public boolean succeeded() {
        return plaintext != null;
    }

    /** Whether it is only for want of a key that there is nothing to see. */
    public boolean lacksKey() {
        return lacksKey;
    }

    /** Why it did not; empty if it did. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    byte[] plaintext() {
        return Objects.requireNonNull(plaintext, "plaintext");
    }
}
