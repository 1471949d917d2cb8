package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.upstream.Audience;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of an OAuth server, and all by which two questions differ: equal ones share the answer.
 *
 * @param scopes empty if the server is not told of them
 * @param subject empty if the server is told nothing of the device
 */
record Ask(Audience audience, ScopeSet scopes, Optional<Subject> subject) {
    Ask {
        requireNonNull(audience, "audience");
        requireNonNull(scopes, "scopes");
        requireNonNull(subject, "subject");
    }

    /** For logs. */
    String who() {
        return subject.map(one -> one.device() + " for " + audience).orElseGet(audience::value);
    }

    /**
     * The device that the token is to speak of.
     *
     * @param claims further claims, by claim name
     * @param client what the device is at the OAuth server
     */
    record Subject(DeviceId device, Tenant tenant, Map<String, String> claims, Optional<OAuthClient> client) {
        Subject {
            requireNonNull(device, "device");
            requireNonNull(tenant, "tenant");
            requireNonNull(client, "client");
            claims = Map.copyOf(claims);
        }
    }
}
