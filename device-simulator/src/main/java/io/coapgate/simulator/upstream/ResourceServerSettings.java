package io.coapgate.simulator.upstream;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwtPolicy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a resource server behaves.
 *
 * @param address where it listens; port 0 lets the system choose
 * @param tokens whose JWTs it takes; empty if it takes every request unseen, for measuring
 * @param requiredScopes the scope that each HTTP method needs; other methods are not allowed
 * @param status what an accepted request is answered: 200 with a verdict in JSON, or 204 with nothing
 * @param delay how long it takes for a request whose token it has verified
 */
public record ResourceServerSettings(
        InetSocketAddress address,
        Optional<TokenTrust> tokens,
        Map<String, String> requiredScopes,
        int status,
        Duration delay) {
    public static final int OK = 200;
    public static final int NO_CONTENT = 204;

    public ResourceServerSettings {
        requireNonNull(address, "address");
        requireNonNull(tokens, "tokens");
        requiredScopes = Map.copyOf(requiredScopes);
        if (status != OK && status != NO_CONTENT) {
            throw new IllegalArgumentException("the status is 200 or 204, not " + status);
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("nothing is answered before it is asked");
        }
    }

    /** A server that answers at once. */
    public ResourceServerSettings(
            InetSocketAddress address, Optional<TokenTrust> tokens, Map<String, String> requiredScopes, int status) {
        this(address, tokens, requiredScopes, status, Duration.ZERO);
    }

    /**
     * Whose tokens are taken.
     *
     * @param keys where the issuer publishes its JWKS, http or https; asked for at each fetch
     * @param refreshInterval the keys are fetched at most once in this time, however many unknown keys are named
     */
    public record TokenTrust(Supplier<URI> keys, JwtPolicy policy, Duration refreshInterval) {
        public TokenTrust {
            requireNonNull(keys, "keys");
            requireNonNull(policy, "policy");
            requireNonNull(refreshInterval, "refreshInterval");
        }
    }

    /** A server that answers 204 to everything and verifies nothing. */
    public static ResourceServerSettings unverified(InetSocketAddress address) {
        return new ResourceServerSettings(
                address, Optional.empty(), Map.of("GET", "", "POST", "", "PUT", "", "DELETE", ""), NO_CONTENT);
    }
}
