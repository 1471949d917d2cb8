package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.TokenExchangeName;
import io.coapgate.gateway.upstream.UpstreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A part of an upstream service that devices may reach.
 *
 * @param path which requests it takes
 * @param requiredScopes by method, the scopes of which all are needed; other methods are not allowed. An empty set lets
 *     every authenticated device in
 * @param claims JWT claim names by the device attribute that fills them: {@code attribute → claim}
 * @param responseTimeout for the whole upstream exchange
 * @param maxBodyBytes the longest request body, after block-wise reassembly
 * @param translation how requests become HTTP, where there is a choice
 * @param freshness how long ago the gateway must have heard of a device at most when it asks for a change; empty if that
 *     does not matter. Longer than a body in blocks takes to arrive
 * @param tokenExchange whose OAuth server issues the JWTs; empty: the gateway itself does
 */
public record Route(
        PathTemplate path,
        UpstreamName upstream,
        Audience audience,
        Authentication authenticate,
        Map<CoapMethod, ScopeSet> requiredScopes,
        Map<String, String> claims,
        Duration responseTimeout,
        int maxBodyBytes,
        Translation translation,
        Optional<Duration> freshness,
        Optional<TokenExchangeName> tokenExchange) {
    /** What a device must show beyond its DTLS session. */
    public enum Authentication {
        /** A CWT that names the scopes. */
        TOKEN,
        /** Nothing: the registry's scopes count. */
        SESSION
    }

    public Route {
        requireNonNull(path, "path");
        requireNonNull(upstream, "upstream");
        requireNonNull(audience, "audience");
        requireNonNull(authenticate, "authenticate");
        requireNonNull(responseTimeout, "responseTimeout");
        requireNonNull(translation, "translation");
        requireNonNull(freshness, "freshness");
        requireNonNull(tokenExchange, "tokenExchange");
        requiredScopes = Map.copyOf(requiredScopes);
        claims = Map.copyOf(claims);
        if (requiredScopes.isEmpty()) {
            throw new IllegalArgumentException("a route allows at least one method");
        }
        if (responseTimeout.isNegative() || responseTimeout.isZero() || maxBodyBytes < 0) {
            throw new IllegalArgumentException("a route's bounds must be positive");
        }
    }

    /** With JWTs of the gateway's own. */
    public Route(
            PathTemplate path,
            UpstreamName upstream,
            Audience audience,
            Authentication authenticate,
            Map<CoapMethod, ScopeSet> requiredScopes,
            Map<String, String> claims,
            Duration responseTimeout,
            int maxBodyBytes,
            Translation translation,
            Optional<Duration> freshness) {
        this(
                path,
                upstream,
                audience,
                authenticate,
                requiredScopes,
                claims,
                responseTimeout,
                maxBodyBytes,
                translation,
                freshness,
                Optional.empty());
    }

    /** The same route with JWTs of this OAuth server. */
    public Route withTokensOf(TokenExchangeName name) {
        return new Route(
                path,
                upstream,
                audience,
                authenticate,
                requiredScopes,
                claims,
                responseTimeout,
                maxBodyBytes,
                translation,
                freshness,
                Optional.of(name));
    }

    /** All the scopes that a request of this method needs; empty as well if the method is not allowed. */
    public ScopeSet scopesRequiredFor(CoapMethod method) {
        return requiredScopes.getOrDefault(method, ScopeSet.EMPTY);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
