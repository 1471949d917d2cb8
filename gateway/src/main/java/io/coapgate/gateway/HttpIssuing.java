package io.coapgate.gateway;

import io.coapgate.crypto.jose.ClientAssertions;
import io.coapgate.gateway.admin.OAuthService;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuingConfig;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.issuing.ClientAuthenticator;
import io.coapgate.gateway.issuing.JwtGrants;
import io.coapgate.gateway.issuing.JwtInspections;
import io.coapgate.gateway.issuing.OwnJwts;
import io.coapgate.gateway.issuing.RevokedJwts;
import io.coapgate.gateway.token.LocalTokenExchange;
import java.io.IOException;
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
     * @throws IOException if the state directory can't be written
     */
    static Optional<OAuthService> of(
            GatewayConfig config,
            TokenServices tokens,
            SnapshotDeviceRegistry registry,
            Clock clock,
            Executor signatures)
            throws IOException {
        Optional<Map<DeviceId, Set<String>>> services = config.issuing().flatMap(IssuingConfig::overHttp);
        if (services.isEmpty()) {
            return Optional.empty();
        }
        String issuer = config.jwt().settings().issuer();
        ClientAssertions assertions = new ClientAssertions(Set.of(issuer, tokenEndpoint(issuer)), clock);
        LocalTokenExchange signer =
                new LocalTokenExchange(tokens.keys(), config.jwt().settings(), clock, new SecureRandom(), signatures);
        return Optional.of(new OAuthService(
                new ClientAuthenticator(registry::find, assertions, clock),
                new JwtGrants(config.routes(), signer),
                new JwtInspections(
                        new OwnJwts(() -> tokens.keys().get().published(), issuer, clock),
                        RevokedJwts.open(config.stateDirectory().resolve("revoked-jwts.log"), clock),
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
