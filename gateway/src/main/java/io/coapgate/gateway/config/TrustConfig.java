package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.trust.KeySetSettings;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway asks external authorization servers for, or looks for again and again.
 *
 * @param keySets key sets that are had by URL
 * @param keyFiles key sets that stand in files; their issuers are among those of the admission already
 * @param introspection whom to ask about opaque tokens; empty if they are malformed
 */
public record TrustConfig(
        List<KeySetSettings> keySets, List<FileKeySet> keyFiles, Optional<IntrospectionSettings> introspection) {
    public TrustConfig {
        keySets = List.copyOf(keySets);
        keyFiles = List.copyOf(keyFiles);
        requireNonNull(introspection, "introspection");
    }
}
