package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.device.OAuthClient;

/** As what the gateway comes to an OAuth server. */
public sealed interface ClientSettings {
    /** How a secret is shown, RFC 6749 §2.3.1. */
    enum SecretMethod {
        /** {@code client_secret_basic}: in the Authorization header. */
        BASIC,
        /** {@code client_secret_post}: in the body. */
        POST
    }

    /** As the device, with its own id and secret out of the registry. */
    record OfDevice(SecretMethod method) implements ClientSettings {
        public OfDevice {
            requireNonNull(method, "method");
        }
    }

    /** With an id and a secret of the gateway's own. */
    record WithSecret(OAuthClient client, SecretMethod method) implements ClientSettings {
        public WithSecret {
            requireNonNull(client, "client");
            requireNonNull(method, "method");
        }
    }

    /**
     * {@code private_key_jwt}, RFC 7523 §2.2.
     *
     * @param key for ES256 or RS256, with the header that the server wants to see
     */
    record WithKey(String id, JwtSigningKey key) implements ClientSettings {
        public WithKey {
            requireNonNull(id, "id");
            if (key.algorithm() == JwtAlgorithm.EDDSA) { // hardly a server knows it here, and the library refuses it
                throw new IllegalArgumentException("client assertions are signed by ES256 or RS256");
            }
        }
    }

    /** {@code tls_client_auth} and {@code self_signed_tls_client_auth}, RFC 8705 §2: by the certificate of the connection. */
    record WithCertificate(String id) implements ClientSettings {
        public WithCertificate {
            requireNonNull(id, "id");
        }
    }
}
