package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a CWT is to allow.
 *
 * @param audience the gateway's name, the {@code aud} claim
 * @param scope space-separated scopes
 * @param lifetime from {@code iat} to {@code exp}, a second at least
 */
public record TokenGrant(String audience, String scope, Duration lifetime) {
    public TokenGrant {
        requireNonNull(audience, "audience");
        requireNonNull(scope, "scope");
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("a token lives for a second at least");
        }
    }
}
