package io.coapgate.gateway.config;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The {@code dtls} section: a key of a kind that DTLS can use here, and certificates that belong to it. */
final class DtlsReader {
    private final NamedFiles files;
    private final Optional<Section> x509Listener;

    /** @param x509Listener a listener that takes X.509, if there is one */
    DtlsReader(NamedFiles files, Optional<Section> x509Listener) {
        this.files = files;
        this.x509Listener = x509Listener;
    }

    Optional<DtlsConfig> read(Section root) {
        if (!root.isSound("dtls")) {
            return Optional.empty();
        }
        Section dtls = root.section("dtls");
        x509Listener.ifPresent(listener -> checkX509(listener, dtls));
        Optional<KeyPair> keyPair = files.keyPair(dtls, "private-key");
        keyPair.ifPresent(pair -> checkKind(dtls, pair));
        List<X509Certificate> certificates =
                files.certificates(dtls, "certificates").orElse(List.of());
        List<X509Certificate> trusted = files.certificates(dtls, "trust").orElse(List.of());
        if (!certificates.isEmpty()) {
            checkKeyOf(certificates.get(0), dtls, keyPair);
        }
        return Optional.of(new DtlsConfig(keyPair, certificates, trusted));
    }

    private static void checkX509(Section listener, Section dtls) {
        for (String key : List.of("certificates", "trust")) {
            if (!dtls.has(key)) {
                String message = "x509 needs the key dtls." + key + ", which is missing";
                listener.problem("credentials", message, "add it, or take x509 out");
            }
        }
    }

    private static void checkKind(Section dtls, KeyPair pair) {
        if (!EcCurve.P_256.isOn(pair.getPublic()) && !Ed25519.isOn(pair.getPublic())) {
            String kind = pair.getPublic().getAlgorithm();
            dtls.problem("private-key", "is a key for " + kind, "name an EC key on P-256 or an Ed25519 key");
        }
    }

    private static void checkKeyOf(X509Certificate leaf, Section dtls, Optional<KeyPair> keyPair) {
        if (!dtls.has("private-key")) {
            dtls.problem("private-key", "this key is missing", "certificates need the private key that they are for");
        } else if (keyPair.isPresent() && !keyPair.get().getPublic().equals(leaf.getPublicKey())) {
            String message = "the first certificate is for another key than dtls.private-key";
            dtls.problem("certificates", message, "put the gateway's own certificate first, then its issuers");
        }
    }
}
