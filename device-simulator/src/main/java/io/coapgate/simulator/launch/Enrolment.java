package io.coapgate.simulator.launch;

import static java.util.Objects.requireNonNull;

import io.coapgate.simulator.device.Credential;
import java.util.List;
import java.util.Map;

/**
 * A device as it is to stand in the gateway's registry.
 *
 * @param scopes what it may do
 * @param attributes free text by name
 */
public record Enrolment(
        String id, String tenant, Map<String, String> attributes, List<String> scopes, Credential credential) {
    public Enrolment {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(credential, "credential");
        attributes = Map.copyOf(attributes);
        scopes = List.copyOf(scopes);
    }
}
