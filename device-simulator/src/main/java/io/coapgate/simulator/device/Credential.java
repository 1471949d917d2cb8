package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a device proves itself with in the DTLS handshake, and by what it knows the gateway. Immutable; the text form of
 * none of them holds a secret.
 */
public sealed interface Credential {

    /** A pre-shared key (RFC 4279): it proves either side to the other. */
    record PreSharedKey(String identity, SecretBytes key, PskSuite suite) implements Credential {
        private static final int MAX_IDENTITY_BYTES = 128;

        public PreSharedKey {
            requireNonNull(key, "key");
            requireNonNull(suite, "suite");
            int length = identity.getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > MAX_IDENTITY_BYTES) {
                throw new IllegalArgumentException("a PSK identity is 1 to " + MAX_IDENTITY_BYTES + " bytes of UTF-8");
            }
        }
    }

    /**
     * An access token with the symmetric key that it is bound to: the token is the PSK identity, byte for byte (RFC 9202
     * §3.3.2).
     */
    record AccessToken(byte[] token, SecretBytes key, PskSuite suite) implements Credential {
        private static final int MAX_TOKEN_BYTES = 4096;

        public AccessToken {
            requireNonNull(key, "key");
            requireNonNull(suite, "suite");
            token = token.clone();
            if (token.length == 0 || token.length > MAX_TOKEN_BYTES) {
                throw new IllegalArgumentException("a token is 1 to " + MAX_TOKEN_BYTES + " bytes");
            }
        }

        @Override
        public byte[] token() {
            return token.clone();
        }

        @Override
        public String toString() {
            return "AccessToken[" + token.length + " bytes]";
        }
    }

    /**
     * An access token of its own for each time that a device is switched on.
     *
     * @param each gives a new one
     */
    record AccessTokens(Supplier<AccessToken> each) implements Credential {
        public AccessTokens {
            requireNonNull(each, "each");
        }

        @Override
        public String toString() {
            return "AccessTokens";
        }
    }

    /**
     * A raw public key (RFC 7250) on P-256 or Ed25519.
     *
     * @param gateway the only key that a gateway may show
     */
    record RawPublicKey(KeyPair keys, PublicKey gateway) implements Credential {
        public RawPublicKey {
            requireNonNull(keys, "keys");
            requireNonNull(gateway, "gateway");
        }

        @Override
        public String toString() {
            return "RawPublicKey[" + keys.getPublic().getAlgorithm() + "]";
        }
    }

    /**
     * An X.509 certificate.
     *
     * @param chain leaf first, for the public key of {@code keys}
     * @param trusted the CA certificates that a gateway's certificate must chain to
     */
    record Certificate(KeyPair keys, List<X509Certificate> chain, List<X509Certificate> trusted) implements Credential {
        public Certificate {
            chain = List.copyOf(chain);
            trusted = List.copyOf(trusted);
            if (chain.isEmpty() || trusted.isEmpty()) {
                throw new IllegalArgumentException("a device has a certificate and trusts one at least");
            }
            if (!chain.get(0).getPublicKey().equals(keys.getPublic())) {
                throw new IllegalArgumentException("the certificate is not for the device's key");
            }
        }

        @Override
        public String toString() {
            return "Certificate[" + chain.get(0).getSubjectX500Principal().getName() + "]";
        }
    }
}
