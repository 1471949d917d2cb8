package io.coapgate.gateway.issuing;

import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * JWTs for clients that can speak HTTP themselves: by the same policy as for those whose requests the gateway forwards, for
 * the same services, and made by the same signer. Thread-safe.
 */
public final class JwtGrants {
    /** By the service's name. */
    private final Map<String, Target> targets;

    private final TokenExchange signer;

    /** @param signer makes a new token for each request */
    public JwtGrants(List<Route> routes, TokenExchange signer) {
        Map<String, Target> found = new LinkedHashMap<>();
        for (Route route : routes) {
            if (route.tokenExchange().isEmpty()) { // tokens of others' issuers are not the gateway's to make
                found.merge(route.audience().value(), Target.of(route), Target::and);
            }
        }
        this.targets = found;
        this.signer = signer;
    }

    /** A token that is on its way, and what it allows. */
    public record Granted(CompletionStage<BearerToken> token, ScopeSet scopes) {}

    /**
     * Decides, and has the token made if it may be had.
     *
     * @param audience the service; may be left out if there is one only
     * @param scope that is asked for; left out it means all that the client may have
     */
    public Granted grant(AuthenticatedClient client, Optional<String> audience, Optional<String> scope)
            throws OAuthRefusedException {
        Target target = target(audience);
        ScopeSet scopes = scopes(client.device(), target, scope);
        TokenRequest request = new TokenRequest(
                client.id(),
                client.device().tenant(),
                target.audience,
                scopes,
                client.notAfter(),
                target.claims(client.device()),
                SessionKey.NONE);
        return new Granted(signer.exchange(request), scopes);
    }

    private Target target(Optional<String> audience) throws OAuthRefusedException {
        if (audience.isEmpty() && targets.size() != 1) {
            throw new OAuthRefusedException(OAuthError.INVALID_TARGET, "name a service as resource");
        }
        String name = audience.orElseGet(() -> targets.keySet().iterator().next());
        return Optional.ofNullable(targets.get(name))
                .orElseThrow(() -> new OAuthRefusedException(OAuthError.INVALID_TARGET, "no such service"));
    }

    private static ScopeSet scopes(Device device, Target target, Optional<String> asked) throws OAuthRefusedException {
        ScopeSet allowed = target.scopes.intersection(device.scopes());
        if (allowed.isEmpty()) {
            throw new OAuthRefusedException(OAuthError.UNAUTHORIZED_CLIENT, "nothing is allowed there");
        }
        if (asked.isEmpty()) {
            return allowed;
        }
        ScopeSet granted = parse(asked.get()).intersection(allowed);
        if (granted.isEmpty()) {
            throw new OAuthRefusedException(OAuthError.INVALID_SCOPE, "none of these scopes is allowed");
        }
        return granted;
    }

    private static ScopeSet parse(String text) throws OAuthRefusedException {
        try {
            return ScopeSet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new OAuthRefusedException(OAuthError.INVALID_SCOPE, "no list of scopes");
        }
    }

    /**
     * A service, over all routes that lead to it.
     *
     * @param attributeByClaim what fills the claims that all of the routes fill alike
     */
    private record Target(Audience audience, ScopeSet scopes, Map<String, String> attributeByClaim) {
        static Target of(Route route) {
            Map<String, String> byClaim = new HashMap<>();
            route.claims().forEach((attribute, claim) -> byClaim.put(claim, attribute));
            ScopeSet scopes = route.requiredScopes().values().stream().reduce(ScopeSet.EMPTY, ScopeSet::union);
            return new Target(route.audience(), scopes, byClaim);
        }

        Target and(Target other) {
            Map<String, String> common = new HashMap<>(attributeByClaim);
            common.entrySet().retainAll(other.attributeByClaim.entrySet());
            return new Target(audience, scopes.union(other.scopes), common);
        }

        Map<String, String> claims(Device device) {
            Map<String, String> claims = new HashMap<>();
            attributeByClaim.forEach((claim, attribute) -> Optional.ofNullable(
                            device.attributes().get(attribute))
                    .ifPresent(value -> claims.put(claim, value)));
            return claims;
        }
    }
}
