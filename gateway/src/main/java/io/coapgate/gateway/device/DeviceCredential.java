package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/** One way in which a device may authenticate, in the DTLS handshake or as a client over HTTP. */
public sealed interface DeviceCredential {
    Validity validity();

    /** A pre-shared key, RFC 4279. */
    record PreSharedKey(PskIdentity identity, SecretBytes key, Validity validity) implements DeviceCredential {
        /** Below 128 bits a key can be guessed offline from one recorded handshake. */
        public static final int MIN_KEY_BYTES = 16;

        public static final int MAX_KEY_BYTES = 64;

        public PreSharedKey {
            requireNonNull(identity, "identity");
            requireNonNull(validity, "validity");
            if (key.length() < MIN_KEY_BYTES || key.length() > MAX_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a pre-shared key is " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
            }
        }
    }

    /**
     * A raw public key, RFC 7250.
     *
     * @param thumbprint the SHA-256 of the key's SubjectPublicKeyInfo, by which it is looked up
     */
    record RawPublicKey(PublicKey key, Thumbprint thumbprint, Validity validity) implements DeviceCredential {
        public RawPublicKey {
            requireNonNull(key, "key");
            requireNonNull(validity, "validity");
            requireNonNull(thumbprint, "thumbprint");
        }

        public static RawPublicKey of(PublicKey key, Validity validity) {
            return new RawPublicKey(key, Thumbprint.ofSubjectPublicKeyInfo(key), validity);
        }
    }

    /**
     * A secret for HTTP alone, RFC 6749 §2.3.1, of which only the hash is kept. The secret is long and random, so that its hash
     * can't be guessed back; a slow hash would only make it cheap to keep the gateway busy.
     *
     * @param hash SHA-256 of the secret's bytes
     */
    record ClientSecret(Thumbprint hash, Validity validity) implements DeviceCredential {
        public ClientSecret {
            requireNonNull(hash, "hash");
            requireNonNull(validity, "validity");
        }

        /** Takes the same time whether it is or not. */
        public boolean matches(byte[] secret) {
            return MessageDigest.isEqual(
                    hash.bytes(), Thumbprint.ofContent(secret).bytes());
        }

        /** What no other credential is looked up by, a public key's thumbprint included. */
        public Object lookupKey() {
            return List.of("client-secret", hash);
        }
    }

    /**
     * An access token that names the key, RFC 9202. The registry has none of these; a session has one.
     *
     * @param issuer the authorization server that vouches for the key
     * @param term as long as the newest token on the session
     */
    record AccessToken(String issuer, SessionTerm term) implements DeviceCredential {
        public AccessToken {
            requireNonNull(issuer, "issuer");
            requireNonNull(term, "term");
        }

        /** As it is now: another token may extend it. */
        @Override
        public Validity validity() {
            return new Validity(Instant.MIN, term.notAfter());
        }
    }

    /** An X.509 certificate that the trust store vouches for and that is recognised by {@code identity}. */
    record X509(CertificateIdentity identity, Validity validity) implements DeviceCredential {
        public X509 {
            requireNonNull(identity, "identity");
            requireNonNull(validity, "validity");
        }
    }
}
