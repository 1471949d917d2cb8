package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.upstream.Audience;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that goes into a JWT and is not the same for all. Equal requests may share a token, so it is the cache's
 * key: whatever changes in the registry or in a route changes the key with it.
 *
 * @param notAfter the token must not outlive this
 * @param claims further claims, from the device's attributes, by claim name
 * @param sessionKey becomes {@code cnf} where it can be expressed in JSON without giving a secret away
 * @param external who issues the token; empty: the gateway itself
 */
public record TokenRequest(
        DeviceId device,
        Tenant tenant,
        Audience audience,
        ScopeSet scopes,
        Instant notAfter,
        Map<String, String> claims,
        SessionKey sessionKey,
        Optional<ExternalExchange> external) {
    public TokenRequest {
        requireNonNull(device, "device");
        requireNonNull(tenant, "tenant");
        requireNonNull(audience, "audience");
        requireNonNull(scopes, "scopes");
        requireNonNull(notAfter, "notAfter");
        requireNonNull(sessionKey, "sessionKey");
        requireNonNull(external, "external");
        claims = Map.copyOf(claims);
    }

    /** For a token of the gateway's own. */
    public TokenRequest(
            DeviceId device,
            Tenant tenant,
            Audience audience,
            ScopeSet scopes,
            Instant notAfter,
            Map<String, String> claims,
            SessionKey sessionKey) {
        this(device, tenant, audience, scopes, notAfter, claims, sessionKey, Optional.empty());
    }

    @Override
    public String toString() {
        return "TokenRequest[" + device + " for " + audience + "]";
    }
}
