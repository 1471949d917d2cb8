package io.coapgate.simulator.load;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * By what a fleet knows its gateway.
 *
 * @param key its raw public key
 * @param authorities the CA certificates that its certificate must chain to
 */
public record GatewayTrust(Optional<PublicKey> key, List<X509Certificate> authorities) {
    public GatewayTrust {
        authorities = List.copyOf(authorities);
    }

    /** Nothing, which is enough for pre-shared keys. */
    public static GatewayTrust none() {
        return new GatewayTrust(Optional.empty(), List.of());
    }
}
