package io.coapgate.gateway.config;

import io.coapgate.gateway.keys.KeyRotation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Rotates the JWT keys of a configuration many times, as a process of its own would. */
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] args) throws Exception {
        GatewayConfig config = new ConfigLoader(Map.of()).load(Path.of(args[0]));
        rotate(IssuerKeyStore.of(config, Clock.systemUTC(), new SecureRandom()), Integer.parseInt(args[1]));
    }

    static void rotate(IssuerKeyStore store, int times) throws Exception {
        KeyRotation rotation = store.rotations().get(0);
        for (int i = 0; i < times; i++) {
            store.update(rings ->
                    rings.with(rotation.promote(rings.of(rotation.use()).orElseThrow(), store.now())));
        }
    }
}
