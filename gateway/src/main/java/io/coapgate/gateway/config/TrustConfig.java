package io.coapgate.gateway.config;

import io.coapgate.gateway.trust.KeySetSettings;
import java.util.List;

/**
 * What the gateway asks external authorization servers for, or looks for again and again.
 *
 * @param keySets key sets that are had by URL
 * @param keyFiles key sets that stand in files; their issuers are among those of the admission already
 */
public record TrustConfig(List<KeySetSettings> keySets, List<FileKeySet> keyFiles) {
    public TrustConfig {
        keySets = List.copyOf(keySets);
        keyFiles = List.copyOf(keyFiles);
    }
}
