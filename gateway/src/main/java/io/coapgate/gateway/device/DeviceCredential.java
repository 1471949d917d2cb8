package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.PublicKey;

/** One way in which a device may authenticate in the DTLS handshake. */
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

    /** An X.509 certificate that the trust store vouches for and that is recognised by {@code identity}. */
    record X509(CertificateIdentity identity, Validity validity) implements DeviceCredential {
        public X509 {
            requireNonNull(identity, "identity");
            requireNonNull(validity, "validity");
        }
    }
}
