package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * One entry of the registry.
 *
 * @param attributes free text by name, from which routes map JWT claims
 * @param enabled false keeps the device out and ends its sessions
 * @param scopes what the device may do on routes with {@code authenticate: session}, and the most that a self-issued
 *     token may claim
 * @param credentials several, so that old and new overlap in a rotation
 */
public record Device(
        DeviceId id,
        Tenant tenant,
        Map<String, String> attributes,
        boolean enabled,
        ScopeSet scopes,
        List<DeviceCredential> credentials) {
    public Device {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(scopes, "scopes");
        attributes = Map.copyOf(attributes);
        credentials = List.copyOf(credentials);
    }

    /** The id alone: attributes may be personal, credentials are secret. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }
}
