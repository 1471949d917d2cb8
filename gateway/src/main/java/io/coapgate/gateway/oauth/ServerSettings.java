package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an OAuth server is and how much to ask of it.
 *
 * @param issuer whose metadata (RFC 8414) says where its token endpoint is
 * @param tokenEndpoint where that is known; one of the two is there
 * @param timeout for one HTTP exchange, and for the time that one may wait for its turn
 * @param maxConcurrent token requests at once
 * @param maxQueued token requests that may wait for their turn
 */
public record ServerSettings(
        Optional<URI> issuer,
        Optional<URI> tokenEndpoint,
        TlsSource tls,
        Duration timeout,
        int maxConcurrent,
        int maxQueued) {
    public ServerSettings {
        requireNonNull(issuer, "issuer");
        requireNonNull(tokenEndpoint, "tokenEndpoint");
        requireNonNull(tls, "tls");
        requireNonNull(timeout, "timeout");
        if (issuer.isEmpty() && tokenEndpoint.isEmpty()) {
            throw new IllegalArgumentException("an OAuth server has an issuer or a token endpoint");
        }
        if (timeout.toMillis() < 1 || maxConcurrent < 1 || maxQueued < 0) {
            throw new IllegalArgumentException("an OAuth server's bounds must be positive");
        }
    }
}
