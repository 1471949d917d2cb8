package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.TlsMaterial;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The {@code tls} section of an upstream: trust anchors, and a client certificate with its key. */
final class UpstreamTlsReader {
    private UpstreamTlsReader() {}

    /** Empty after reporting a problem. */
    static Optional<TlsMaterial> read(NamedFiles files, Section tls) {
        List<X509Certificate> trusted = files.certificates(tls, "trust").orElse(List.of());
        List<X509Certificate> chain = files.certificates(tls, "certificate").orElse(List.of());
        Optional<KeyPair> keyPair = files.keyPair(tls, "private-key");
        if (tls.has("certificate") != tls.has("private-key")) {
            String missing = tls.has("certificate") ? "private-key" : "certificate";
            tls.problem(missing, "this key is missing", "a client certificate and its private key go together");
        }
        if (!tls.isSound()) {
            return Optional.empty();
        }
        if (keyPair.isPresent()
                && !keyPair.get().getPublic().equals(chain.get(0).getPublicKey())) {
            String message = "the first certificate is for another key than private-key";
            tls.problem("certificate", message, "put the gateway's own certificate first, then its issuers");
            return Optional.empty();
        }
        return Optional.of(
                new TlsMaterial(trusted, keyPair.map(pair -> new TlsMaterial.Identity(chain, pair.getPrivate()))));
    }
}
