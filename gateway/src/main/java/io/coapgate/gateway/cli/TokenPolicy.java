package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.token.TrustedIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token is judged by: a gateway's defaults, its configuration if there is one, and what the command line says.
 *
 * @param key tried instead of the configured issuers' keys
 */
record TokenPolicy(Optional<String> audience, Optional<TokenKey> key, Optional<GatewayConfig> config, Instant now) {

    private static final String ANYBODY = "any audience";

    boolean judgesAudience() {
        return audience.isPresent() || config.isPresent();
    }

    CwtPolicy cwt() {
        CwtPolicy policy =
                config.map(loaded -> loaded.admission().policy()).orElseGet(() -> CwtPolicy.forAudience(ANYBODY));
        return audience.map(name -> new CwtPolicy(
                        Set.of(name),
                        policy.leeway(),
                        policy.maxLifetime(),
                        policy.maxBytes(),
                        policy.requireIssuedAt(),
                        policy.acceptExpiresIn()))
                .orElse(policy);
    }

    /** Whether devices may issue their own tokens; so it is by default. */
    boolean allowsSelfIssued() {
        return config.map(loaded -> loaded.admission().selfIssued()).orElse(true);
    }

    /** The keys that the configuration has for this issuer. */
    Optional<List<VerificationKey>> configuredKeys(String issuer) {
        return config.stream()
                .flatMap(loaded -> loaded.admission().issuers().stream())
                .filter(trusted -> trusted.name().equals(issuer))
                .map(TrustedIssuer::verificationKeys)
                .findFirst();
    }
}
