package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.issuing.IssuedTokenLimits;
import io.coapgate.gateway.issuing.TokenAudience;
import io.coapgate.gateway.issuing.TokenPolicy;
import io.coapgate.gateway.issuing.TokenReaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway's own authorization server.
 *
 * @param issuer the {@code iss} of its tokens
 * @param lifetime of tokens for the gateway itself
 * @param others further resource servers, none of them of the gateway's names
 * @param readers who is told of others' tokens
 * @param limits how many tokens are kept until they end
 * @param overHttp empty if clients get no JWTs at {@code /oauth2/token}; else the audiences of those that may introspect
 */
public record IssuingConfig(
        String issuer,
        Duration lifetime,
        List<TokenAudience> others,
        TokenReaders readers,
        IssuedTokenLimits limits,
        Optional<Map<DeviceId, Set<String>>> overHttp) {
    public IssuingConfig {
        requireNonNull(issuer, "issuer");
        requireNonNull(lifetime, "lifetime");
        others = List.copyOf(others);
        requireNonNull(readers, "readers");
        requireNonNull(limits, "limits");
        requireNonNull(overHttp, "overHttp");
    }

    /** Of all its tokens. */
    public Duration longestLifetime() {
        return others.stream().map(TokenAudience::lifetime).reduce(lifetime, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /**
     * What the authorization server goes by.
     *
     * @param ownNames of the gateway; requests that name no audience mean the first
     */
    public TokenPolicy policy(Collection<String> ownNames, RouteTable routes) {
        List<TokenAudience> audiences = new ArrayList<>();
        ownNames.forEach(name -> audiences.add(TokenAudience.own(name, routes.allScopes(), lifetime)));
        audiences.addAll(others);
        return new TokenPolicy(issuer, audiences, routes);
    }
}
