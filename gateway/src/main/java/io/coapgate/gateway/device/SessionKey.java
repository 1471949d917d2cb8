package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.PublicKey;

/** The key whose possession a device proved in the handshake: what a token's {@code cnf} must name (RFC 8747 §3.1). */
public sealed interface SessionKey {
    /** Of a client over HTTP, which proves no key that others could see. No DTLS session has it. */
    SessionKey NONE = new None();

    /** No key at all. */
    record None() implements SessionKey {}

    /** A pre-shared key and the identity it was used under. */
    record Symmetric(PskIdentity identity, SecretBytes key) implements SessionKey {
        public Symmetric {
            requireNonNull(identity, "identity");
            requireNonNull(key, "key");
        }
    }

    /**
     * A symmetric key that an access token stands for (RFC 9202 §3.3).
     *
     * @param keyId by which the token names it; no other key has it while the token is valid
     */
    record Issued(KeyId keyId, SecretBytes key) implements SessionKey {
        public Issued {
            requireNonNull(keyId, "keyId");
            requireNonNull(key, "key");
        }
    }

    /**
     * A raw public key, or the public key of the certificate that was presented. Two are equal if their thumbprints are.
     *
     * @param thumbprint the SHA-256 of the key's SubjectPublicKeyInfo
     */
    record Asymmetric(PublicKey key, Thumbprint thumbprint) implements SessionKey {
        public Asymmetric {
            requireNonNull(key, "key");
            requireNonNull(thumbprint, "thumbprint");
        }

        public static Asymmetric of(PublicKey key) {
            return new Asymmetric(key, Thumbprint.ofSubjectPublicKeyInfo(key));
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Asymmetric other && thumbprint.equals(other.thumbprint);
        }

        @Override
        public int hashCode() {
            return thumbprint.hashCode();
        }
    }
}
