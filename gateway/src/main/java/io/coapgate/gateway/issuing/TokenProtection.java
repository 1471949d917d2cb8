package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.key.SecretBytes;
import java.util.Optional;

/** How the tokens for one audience are protected, and thereby how a symmetric key gets to it. */
public sealed interface TokenProtection {

    /** For the gateway itself: a MAC of its own key ring. Symmetric keys derive from the ring's key (RFC 9202 §3.3.1). */
    record Own() implements TokenProtection {}

    /** Signed with the key ring's key, which others verify; there is no way to give a symmetric key to them. */
    record Signed() implements TokenProtection {}

    /**
     * MACed with a key shared with the resource server.
     *
     * @param derivationKey shared as well, from which symmetric keys derive (RFC 9202 §3.3.1); if empty there are none
     */
    record Maced(SigningKey key, Optional<SecretBytes> derivationKey) implements TokenProtection {
        public Maced {
            requireNonNull(key, "key");
            requireNonNull(derivationKey, "derivationKey");
        }
    }

    /** Encrypted with a key shared with the resource server, so that a symmetric key can stand in the token itself. */
    record Encrypted(EncryptionKey key) implements TokenProtection {
        public Encrypted {
            requireNonNull(key, "key");
        }
    }
}
