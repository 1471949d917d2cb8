package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What the gateway's JWTs say, RFC 9068.
 *
 * @param issuer the {@code iss} claim, an https URL without query and fragment (RFC 8414 §2)
 * @param lifetime how long a JWT is valid, unless the CWT ends earlier
 */
public record JwtSettings(String issuer, Duration lifetime) {
    public JwtSettings {
        requireNonNull(issuer, "issuer");
        requireNonNull(lifetime, "lifetime");
        if (lifetime.toSeconds() < 10) {
            throw new IllegalArgumentException("a JWT lives for 10 seconds at least");
        }
    }
}
