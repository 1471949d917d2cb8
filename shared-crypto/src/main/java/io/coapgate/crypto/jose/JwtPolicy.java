package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a resource server accepts.
 *
 * @param issuer the only {@code iss} that is trusted, compared character by character
 * @param audience the value that {@code aud} must contain: this resource server's name
 * @param leeway by how much the clocks of issuer and resource server may differ; at most five minutes
 */
public record JwtPolicy(String issuer, String audience, Duration leeway) {
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    /** Checks that nothing is left open. */
    public JwtPolicy {
        requireNonNull(leeway, "leeway");
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("issuer and audience must be named");
        }
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new IllegalArgumentException("leeway must be between zero and " + MAX_LEEWAY);
        }
    }
}
