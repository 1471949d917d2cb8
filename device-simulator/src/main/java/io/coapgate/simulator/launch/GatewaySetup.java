package io.coapgate.simulator.launch;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway on loopback is to be configured with.
 *
 * @param keys its own key, for RPK and X.509
 * @param pki vouches for it and its devices
 * @param ports where it listens
 * @param issuers authorization servers that it trusts
 * @param tuning its limits, and what its service is like
 */
public record GatewaySetup(
        KeyPair keys,
        Pki pki,
        GatewayPorts ports,
        List<TokenIssuer> issuers,
        List<Route> routes,
        GatewayTuning tuning) {
    /** The {@code iss} of the gateway's JWTs. */
    public static final String ISSUER = "https://gateway.example";
    /** The {@code aud} of the gateway's JWTs: the name of the service behind it. */
    public static final String SERVICE = "https://backend.example";

    public static final String READ_SCOPE = "telemetry:read";
    public static final String WRITE_SCOPE = "telemetry:write";
    /** What CWTs for the gateway have as {@code aud}. */
    public static final String AUDIENCE = "coapgate";

    public GatewaySetup {
        requireNonNull(keys, "keys");
        requireNonNull(pki, "pki");
        requireNonNull(ports, "ports");
        requireNonNull(tuning, "tuning");
        issuers = List.copyOf(issuers);
        routes = List.copyOf(routes);
    }

    /** A gateway that is as it is by itself. */
    public GatewaySetup(KeyPair keys, Pki pki, GatewayPorts ports, List<TokenIssuer> issuers, List<Route> routes) {
        this(keys, pki, ports, issuers, routes, GatewayTuning.DEFAULT);
    }

    GatewaySetup at(GatewayPorts others) {
        return new GatewaySetup(keys, pki, others, issuers, routes, tuning);
    }

    /**
     * A path that devices may use, with {@link #READ_SCOPE} for GET and {@link #WRITE_SCOPE} for the other methods.
     *
     * @param path a template
     * @param token whether a CWT is needed; if not, the DTLS session suffices
     */
    public record Route(String path, boolean token) {}

    /**
     * An authorization server.
     *
     * @param algorithm as the configuration names it
     * @param publicKeyPem its public key
     * @param derivationKey with which its tokens may come in handshakes
     */
    public record TokenIssuer(String name, String algorithm, String publicKeyPem, Optional<SecretBytes> derivationKey) {
        /** One whose tokens come by upload. */
        public TokenIssuer(String name, String algorithm, String publicKeyPem) {
            this(name, algorithm, publicKeyPem, Optional.empty());
        }
    }

    /** Whether tokens may come in handshakes. */
    boolean takesTokensInHandshakes() {
        return issuers.stream().anyMatch(issuer -> issuer.derivationKey().isPresent());
    }
}
