package io.coapgate.gateway.issuing;

import io.coapgate.gateway.device.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which devices are told of other devices' tokens. Everybody is told of its own.
 *
 * @param resourceServers by the device that each is, the audiences that it answers for
 * @param administrators are told of all revoked tokens (RFC 9770 §10), but what a token says they are not
 */
public record TokenReaders(Map<DeviceId, Set<String>> resourceServers, Set<DeviceId> administrators) {
    /** Nobody is told of others' tokens. */
    public static final TokenReaders NONE = new TokenReaders(Map.of(), Set.of());

    public TokenReaders {
        Map<DeviceId, Set<String>> copy = new HashMap<>();
        resourceServers.forEach((device, audiences) -> copy.put(device, Set.copyOf(audiences)));
        resourceServers = Map.copyOf(copy);
        administrators = Set.copyOf(administrators);
    }

    /** Whether the configuration names this device as a resource server. */
    public boolean isResourceServer(DeviceId device) {
        return resourceServers.containsKey(device);
    }

    /** Whether the token is for this resource server. */
    public boolean isAudience(DeviceId device, IssuedToken token) {
        return resourceServers.getOrDefault(device, Set.of()).contains(token.audience());
    }

    /** Whether the token pertains to the device (RFC 9770 §1.1): its own, for it, or any if it is an administrator. */
    public boolean pertains(DeviceId device, IssuedToken token) {
        return token.subject().equals(device) || isAudience(device, token) || administrators.contains(device);
    }
}
