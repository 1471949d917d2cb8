package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.token.JwtSettings;
import java.util.Optional;

/**
 * The JWTs that services get.
 *
 * @param configuredKey of this algorithm; empty if the gateway makes its own in the state directory
 */
public record JwtConfig(JwtSettings settings, JwtAlgorithm algorithm, Optional<JwtSigningKey> configuredKey) {
    public JwtConfig {
        requireNonNull(settings, "settings");
        requireNonNull(algorithm, "algorithm");
        requireNonNull(configuredKey, "configuredKey");
    }
}
