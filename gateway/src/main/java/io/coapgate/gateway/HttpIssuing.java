package io.coapgate.gateway;

import io.coapgate.crypto.jose.ClientAssertions;
import io.coapgate.gateway.admin.OAuthService;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuingConfig;
import io.coapgate.gateway.config.RevokedJwtsFile;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.issuing.ClientAuthenticator;
import io.coapgate.gateway.issuing.JwtGrants;
import io.coapgate.gateway.issuing.JwtInspections;
import io.coapgate.gateway.issuing.OwnJwts;
import io.coapgate.gateway.token.LocalTokenExchange;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The authorization server over HTTP, put together. */
final class HttpIssuing {
    private HttpIssuing() {}

    /**
     * Empty if the configuration has none.
     *
     * @param signatures makes the JWTs
     * @throws ConfigException if the file of revoked JWTs can't be used
     */
    static Optional<OAuthService> of(
            GatewayConfig config,
            TokenServices tokens,
            SnapshotDeviceRegistry registry,
            Clock clock,
            Executor signatures)
            throws ConfigException {
        Optional<Map<DeviceId, Set<String>>> services = config.issuing().flatMap(IssuingConfig::overHttp);
        if (services.isEmpty()) {
            return Optional.empty();
        }
        String issuer = config.jwt().settings().issuer();
        ClientAssertions assertions = new ClientAssertions(Set.of(issuer, tokenEndpoint(issuer)), clock);
        SecureRandom random = new SecureRandom();
        LocalTokenExchange signer =
                new LocalTokenExchange(tokens.keys(), config.jwt().settings(), clock, random, signatures);
        return Optional.of(new OAuthService(
                new ClientAuthenticator(registry::find, assertions, clock),
                new JwtGrants(config.routes(), signer),
                new JwtInspections(
                        new OwnJwts(() -> tokens.keys().get().published(), issuer, clock),
                        RevokedJwtsFile.open(config.stateDirectory(), random, clock),
                        registry::find,
                        services.get(),
                        config.routes().stream()
                                .map(route -> route.audience().value())
                                .collect(Collectors.toSet())),
                clock));
    }

    static String tokenEndpoint(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return base + OAuthService.TOKEN_PATH;
    }
}
