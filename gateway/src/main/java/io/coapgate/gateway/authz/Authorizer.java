package io.coapgate.gateway.authz;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides by the route, and by what the session's tokens or the registry grant: scopes in words, or methods on single
 * resources (AIF, RFC 9237). Thread-safe.
 */
public final class Authorizer {
    private static final byte[] NO_SCOPE = {};

    private final RouteTable routes;
    /** Read once for each token that has them, and forgotten with it. */
    private final LoadingCache<VerifiedCwt, ResourcePermissions> permissions;
    /** The same of those that have words. */
    private final LoadingCache<VerifiedCwt, ScopeSet> scopes;

    public Authorizer(RouteTable routes) {
        this.routes = routes;
        this.permissions = perToken(
                token -> ResourcePermissions.of(token.claims().scopeBytes().orElse(NO_SCOPE)));
        this.scopes =
                perToken(token -> token.claims().scope().map(ScopeSet::parse).orElse(ScopeSet.EMPTY));
    }

    /** Its upkeep is done by whoever uses it, for it is little, and waking another thread for it would cost more. */
    private static <V> LoadingCache<VerifiedCwt, V> perToken(CacheLoader<VerifiedCwt, V> read) {
        return Caffeine.newBuilder().weakKeys().executor(Runnable::run).build(read);
    }

    /**
     * @param target what the device asks for, on that route
     * @param tokens those of the session that are valid now and bound to it
     * @return denied with {@code TOKEN_MISSING}, {@code SCOPE_INSUFFICIENT} or {@code METHOD_NOT_ALLOWED}: RFC 9200
     *     §5.10.2 answers them 4.01, 4.03 and 4.05
     */
    public Decision decide(
            AuthenticatedDevice device,
            Route route,
            RequestTarget target,
            CoapMethod method,
            List<VerifiedCwt> tokens,
            Instant now) {
        Optional<Refusal> fallen = device.standing(now);
        if (fallen.isPresent()) {
            return new Decision.Denied(fallen.get());
        }
        // On a session that a token established every request is checked against its tokens, RFC 9202 §3.4.
        return route.authenticate() == Route.Authentication.SESSION && !device.isByToken()
                ? byScopes(device.device().scopes(), device.notAfter(), route, method)
                : decideByTokens(device, route, target, method, tokens);
    }

    /** The first token that suffices counts; if none does, the refusal of the one that came closest. */
    private Decision decideByTokens(
            AuthenticatedDevice device,
            Route route,
            RequestTarget target,
            CoapMethod method,
            List<VerifiedCwt> tokens) {
        Decision.Denied closest = new Decision.Denied(Refusal.TOKEN_MISSING);
        for (VerifiedCwt token : tokens) {
            Decision decision = decideByToken(device, route, target, method, token);
            if (!(decision instanceof Decision.Denied denied)) {
                return decision;
            }
            if (closest.reason() != Refusal.METHOD_NOT_ALLOWED) {
                closest = denied;
            }
        }
        return closest;
    }

    /** What a device says of itself counts only as far as the registry says so too. */
    private Decision decideByToken(
            AuthenticatedDevice device, Route route, RequestTarget target, CoapMethod method, VerifiedCwt token) {
        Instant end = token.expiresAt().isBefore(device.notAfter()) ? token.expiresAt() : device.notAfter();
        boolean selfIssued = token.issuer().equals(device.id().value());
        if (token.claims().scopeBytes().isPresent()) {
            boolean held = !selfIssued || device.device().scopes().containsAll(route.scopesRequiredFor(method));
            return held
                    ? byResource(permissions.get(token), end, route, target, method)
                    : new Decision.Denied(Refusal.SCOPE_INSUFFICIENT);
        }
        ScopeSet granted = scopes.get(token);
        return byScopes(selfIssued ? granted.intersection(device.device().scopes()) : granted, end, route, method);
    }

    private Decision byScopes(ScopeSet granted, Instant notAfter, Route route, CoapMethod method) {
        ScopeSet required = route.requiredScopes().get(method);
        if (required != null && granted.containsAll(required)) {
            ScopeSet relevant = granted.intersection(routes.scopesOf(route.audience()));
            return new Decision.Granted(relevant, notAfter);
        }
        boolean coversResource = route.requiredScopes().values().stream().anyMatch(granted::containsAll);
        return new Decision.Denied(coversResource ? Refusal.METHOD_NOT_ALLOWED : Refusal.SCOPE_INSUFFICIENT);
    }

    /** Whom the token lets use the method, the JWT gives what the method needs, and nothing else. */
    private static Decision byResource(
            ResourcePermissions allowed, Instant notAfter, Route route, RequestTarget target, CoapMethod method) {
        ScopeSet required = route.requiredScopes().get(method);
        if (required != null && allowed.allow(target, method)) {
            return new Decision.Granted(required, notAfter);
        }
        return new Decision.Denied(allowed.cover(target) ? Refusal.METHOD_NOT_ALLOWED : Refusal.SCOPE_INSUFFICIENT);
    }
}
