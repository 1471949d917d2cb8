package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of the registry.
 *
 * @param attributes free text by name, from which routes map JWT claims
 * @param enabled false keeps the device out and ends its sessions
 * @param scopes what the device may do on routes with {@code authenticate: session}, and the most that a self-issued
 *     token may claim
 * @param credentials several, so that old and new overlap in a rotation
 * @param oauthClient what it is at the organisation's OAuth server, where token exchanges use each device's own client
 */
public record Device(
        DeviceId id,
        Tenant tenant,
        Map<String, String> attributes,
        boolean enabled,
        ScopeSet scopes,
        List<DeviceCredential> credentials,
        Optional<OAuthClient> oauthClient) {
    public Device {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(scopes, "scopes");
        requireNonNull(oauthClient, "oauthClient");
        attributes = Map.copyOf(attributes);
        credentials = List.copyOf(credentials);
    }

    /** A device that no OAuth server knows. */
    public Device(
            DeviceId id,
            Tenant tenant,
            Map<String, String> attributes,
            boolean enabled,
            ScopeSet scopes,
            List<DeviceCredential> credentials) {
        this(id, tenant, attributes, enabled, scopes, credentials, Optional.empty());
    }

    /** The id alone: attributes may be personal, credentials are secret. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
