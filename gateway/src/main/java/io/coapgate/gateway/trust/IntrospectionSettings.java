package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which authorization server is asked about opaque tokens, and how often.
 *
 * @param issuer its name; an answer that names another is refused
 * @param credentials of the gateway, for {@code client_secret_basic}; without, it is known by its TLS certificate
 * @param tls of an https URL
 * @param bounds of asking and remembering
 */
public record IntrospectionSettings(
        String issuer, URI url, Optional<Credentials> credentials, TlsSource tls, Bounds bounds) {
    public IntrospectionSettings {
        requireNonNull(issuer, "issuer");
        requireNonNull(url, "url");
        requireNonNull(credentials, "credentials");
        requireNonNull(tls, "tls");
        requireNonNull(bounds, "bounds");
    }

    /** RFC 6749 §2.3.1. */
    public record Credentials(String clientId, SecretBytes secret) {
        public Credentials {
            requireNonNull(clientId, "clientId");
            requireNonNull(secret, "secret");
        }
    }

    /**
     * How much is asked and remembered.
     *
     * @param timeout from a request to its whole answer
     * @param recheck a token that a session holds is asked about again after this time
     * @param maxStale a token about which nothing could be learned for so long ends
     * @param negativeFor how long an answer "not active" is remembered
     * @param maxTokens active ones that are remembered; one more is not taken
     * @param maxConcurrent requests at once; four times as many may wait
     */
    public record Bounds(
            Duration timeout,
            Duration recheck,
            Duration maxStale,
            Duration negativeFor,
            int maxTokens,
            int maxConcurrent) {
        public Bounds {
            if (timeout.toMillis() < 1 || recheck.toSeconds() < 1 || negativeFor.isNegative()) {
                throw new IllegalArgumentException("an authorization server is not asked all the time");
            }
            if (maxStale.compareTo(recheck) < 0 || maxTokens < 1 || maxConcurrent < 1) {
                throw new IllegalArgumentException("recheck <= maxStale, and one token and request at least");
            }
        }
    }
}
