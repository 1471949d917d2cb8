package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;

/** How an authorization server is asked about tokens. */
public sealed interface IntrospectionAccess {
    URI url();

    /**
     * In JSON over HTTP, RFC 7662.
     *
     * @param credentials of the gateway, for {@code client_secret_basic}; without, it is known by its TLS certificate
     * @param tls of an https URL
     */
    record Http(URI url, Optional<ClientSecret> credentials, TlsSource tls) implements IntrospectionAccess {
        public Http {
            requireNonNull(url, "url");
            requireNonNull(credentials, "credentials");
            requireNonNull(tls, "tls");
        }
    }

    /** In CBOR over coaps, RFC 9200 §5.9. */
    record Coaps(URI url, Credential credential) implements IntrospectionAccess {
        public Coaps {
            requireNonNull(url, "url");
            requireNonNull(credential, "credential");
        }
    }

    /** RFC 6749 §2.3.1. */
    record ClientSecret(String clientId, SecretBytes secret) {
        public ClientSecret {
            requireNonNull(clientId, "clientId");
            requireNonNull(secret, "secret");
        }
    }

    /** Who the gateway is in DTLS, and by what it knows the server. */
    sealed interface Credential {}

    /** A pre-shared key is both. */
    record PreSharedKey(PskIdentity identity, SecretBytes key) implements Credential {
        public PreSharedKey {
            requireNonNull(identity, "identity");
            requireNonNull(key, "key");
        }
    }

    /**
     * Raw public keys, RFC 7250.
     *
     * @param own on P-256
     * @param server the only one that is taken for the server's
     */
    record RawPublicKey(KeyPair own, PublicKey server) implements Credential {
        public RawPublicKey {
            requireNonNull(own, "own");
            requireNonNull(server, "server");
        }

        /** Without the private key. */
        @Override
        public String toString() {
            return "RawPublicKey[server=" + server + "]";
        }
    }
}
