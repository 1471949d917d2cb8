package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.Thumbprint;

/** What the registry recognises a device certificate by. */
public sealed interface CertificateIdentity {

    /** The SHA-256 of the certificate's DER encoding: exactly this certificate. */
    record Fingerprint(Thumbprint sha256) implements CertificateIdentity {
        public Fingerprint {
            requireNonNull(sha256, "sha256");
        }
    }

    /**
     * A subject alternative name: any certificate that the trust store vouches for and that carries it.
     *
     * @param kind the general name's type, RFC 5280 §4.2.1.6
     * @param value compared exactly; DNS names in lower case
     */
    record SubjectAlternativeName(Kind kind, String value) implements CertificateIdentity {
        public enum Kind {
            DNS,
            URI
        }

        public SubjectAlternativeName {
            requireNonNull(kind, "kind");
            requireNonNull(value, "value");
            if (value.isEmpty() || value.length() > 255) {
                throw new IllegalArgumentException("a subject alternative name is 1 to 255 characters");
            }
        }
    }
}
