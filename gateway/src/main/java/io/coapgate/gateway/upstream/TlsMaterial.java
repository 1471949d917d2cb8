package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whom an https upstream must be vouched for by, and what the gateway shows of itself. Immutable.
 *
 * @param trusted the only trust anchors; none: those of the JDK
 * @param identity shown to a server that asks for a client certificate
 */
public record TlsMaterial(List<X509Certificate> trusted, Optional<Identity> identity) {
    /** The trust anchors of the JDK, and no client certificate. */
    public static final TlsMaterial JDK = new TlsMaterial(List.of(), Optional.empty());

    public TlsMaterial {
        trusted = List.copyOf(trusted);
        requireNonNull(identity, "identity");
    }

    /**
     * A client certificate and its key.
     *
     * @param chain leaf first
     */
    public record Identity(List<X509Certificate> chain, PrivateKey key) {
        public Identity {
            chain = List.copyOf(chain);
            requireNonNull(key, "key");
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("an identity has one certificate at least");
            }
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Identity[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }
}
