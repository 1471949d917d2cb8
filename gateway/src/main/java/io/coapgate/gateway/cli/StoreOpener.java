package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuerKeyStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Finds the key store of a configuration. */
record StoreOpener(Map<String, String> environment, Clock clock, SecureRandom random) {

    /**
     * Opens it without making any key.
     *
     * @param notes where what the store does not hold is said
     */
    IssuerKeyStore open(Path config, PrintWriter notes) throws ConfigException {
        GatewayConfig loaded = new ConfigLoader(environment).load(config);
        if (loaded.jwt().configuredKey().isPresent()) {
            notes.println("note: jwt.private-key in " + config + " signs the JWTs. It is yours to rotate, not the"
                    + " gateway's: without it, the gateway makes keys and rotates them");
        }
        return IssuerKeyStore.of(loaded, clock, random);
    }
}
