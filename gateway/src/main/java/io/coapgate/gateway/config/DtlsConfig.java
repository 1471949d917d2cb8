package io.coapgate.gateway.config;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.dtls.DtlsIdentity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway shows of itself in handshakes, as far as it is configured.
 *
 * @param keyPair empty if the gateway makes its own in the state directory
 * @param certificates its chain, leaf first, for that key; empty where no listener accepts X.509
 * @param trusted the CA certificates of devices; empty where no listener accepts X.509
 */
public record DtlsConfig(Optional<KeyPair> keyPair, List<X509Certificate> certificates, List<X509Certificate> trusted) {
    public DtlsConfig {
        requireNonNull(keyPair, "keyPair");
        certificates = List.copyOf(certificates);
        trusted = List.copyOf(trusted);
    }

    /** The identity with the configured key, or else with the one that the state directory keeps. */
    public DtlsIdentity identity(StateDirectory state) throws ConfigException {
        KeyPair pair = keyPair.isPresent() ? keyPair.get() : state.dtlsKeyPair();
        return new DtlsIdentity(pair.getPrivate(), pair.getPublic(), certificates, trusted);
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "DtlsConfig[" + (keyPair.isPresent() ? "own key, " : "") + certificates.size() + " certificates, "
                + trusted.size() + " trusted]";
    }
}
