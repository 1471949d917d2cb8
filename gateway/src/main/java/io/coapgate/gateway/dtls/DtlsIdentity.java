package io.coapgate.gateway.dtls;

import static java.util.Objects.requireNonNull;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the gateway shows of itself in handshakes with RPK and X.509.
 *
 * @param certificates its chain, leaf first; empty where no listener accepts X.509
 * @param trusted the CA certificates that device certificates must chain to; empty where no listener accepts X.509
 */
public record DtlsIdentity(
        PrivateKey privateKey, PublicKey publicKey, List<X509Certificate> certificates, List<X509Certificate> trusted) {
    public DtlsIdentity {
        requireNonNull(privateKey, "privateKey");
        requireNonNull(publicKey, "publicKey");
        certificates = List.copyOf(certificates);
        trusted = List.copyOf(trusted);
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "DtlsIdentity[" + publicKey.getAlgorithm() + ", " + certificates.size() + " certificates]";
    }
}
