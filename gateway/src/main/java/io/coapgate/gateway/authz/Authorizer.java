package io.coapgate.gateway.authz;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides by the route, and by what the session's tokens or the registry grant. Stateless but for the routes; thread-safe.
 */
public final class Authorizer {
    private final RouteTable routes;

    public Authorizer(RouteTable routes) {
        this.routes = routes;
    }

    /**
     * @param tokens those of the session that are valid now and bound to it
     * @return denied with {@code TOKEN_MISSING}, {@code SCOPE_INSUFFICIENT} or {@code METHOD_NOT_ALLOWED}: RFC 9200
     *     §5.10.2 answers them 4.01, 4.03 and 4.05
     */
    public Decision decide(
            AuthenticatedDevice device, Route route, CoapMethod method, List<VerifiedCwt> tokens, Instant now) {
        Optional<Refusal> fallen = device.standing(now);
        if (fallen.isPresent()) {
            return new Decision.Denied(fallen.get());
        }
        return switch (route.authenticate()) {
            case SESSION -> decide(grantOf(device), route, method);
            case TOKEN -> decideByTokens(device, route, method, tokens);
        };
    }

    /** The first token that suffices counts; if none does, the refusal of the one that came closest. */
    private Decision decideByTokens(
            AuthenticatedDevice device, Route route, CoapMethod method, List<VerifiedCwt> tokens) {
        Decision.Denied closest = new Decision.Denied(Refusal.TOKEN_MISSING);
        for (VerifiedCwt token : tokens) {
            Decision decision = decide(grantOf(token, device), route, method);
            if (!(decision instanceof Decision.Denied denied)) {
                return decision;
            }
            if (closest.reason() != Refusal.METHOD_NOT_ALLOWED) {
                closest = denied;
            }
        }
        return closest;
    }

    private Decision decide(Grant grant, Route route, CoapMethod method) {
        ScopeSet required = route.requiredScopes().get(method);
        if (required != null && grant.scopes().containsAll(required)) {
            ScopeSet relevant = grant.scopes().intersection(routes.scopesOf(route.audience()));
            return new Decision.Granted(relevant, grant.notAfter());
        }
        boolean coversResource = route.requiredScopes().values().stream()
                .anyMatch(scopes -> grant.scopes().containsAll(scopes));
        return new Decision.Denied(coversResource ? Refusal.METHOD_NOT_ALLOWED : Refusal.SCOPE_INSUFFICIENT);
    }

    private static Grant grantOf(AuthenticatedDevice device) {
        return new Grant(device.device().scopes(), device.notAfter());
    }

    private static Grant grantOf(VerifiedCwt token, AuthenticatedDevice device) {
        Instant end = token.expiresAt().isBefore(device.notAfter()) ? token.expiresAt() : device.notAfter();
        ScopeSet scopes = token.claims().scope().map(ScopeSet::parse).orElse(ScopeSet.EMPTY);
        // What a device says of itself counts only as far as the registry says so too.
        return new Grant(
                isSelfIssued(token, device)
                        ? scopes.intersection(device.device().scopes())
                        : scopes,
                end);
    }

    private static boolean isSelfIssued(VerifiedCwt token, AuthenticatedDevice device) {
        return token.issuer().equals(device.id().value());
    }

    private record Grant(ScopeSet scopes, Instant notAfter) {}
}
