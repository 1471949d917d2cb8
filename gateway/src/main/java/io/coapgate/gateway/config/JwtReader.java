package io.coapgate.gateway.config;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.token.JwtSettings;
import java.time.Duration;
import java.util.Optional;

/** The {@code jwt} section and the {@code issuer}. */
final class JwtReader {
    private static final Duration MIN_LIFETIME = Duration.ofSeconds(10);

    private final NamedFiles files;

    JwtReader(NamedFiles files) {
        this.files = files;
    }

    Optional<JwtConfig> read(Section root) {
        if (!root.isSound("jwt")) {
            return Optional.empty();
        }
        Section jwt = root.section("jwt");
        JwtAlgorithm algorithm = JwtAlgorithm.ofJwsName(jwt.text("algorithm")).orElseThrow();
        Optional<JwtSigningKey> key = key(jwt, algorithm);
        Duration lifetime = jwt.duration("lifetime");
        if (lifetime.compareTo(MIN_LIFETIME) < 0) {
            jwt.problem("lifetime", "must be 10s or more", "write, for example, 5m");
            return Optional.empty();
        }
        return root.isSound("issuer")
                ? Optional.of(new JwtConfig(new JwtSettings(root.text("issuer"), lifetime), algorithm, key))
                : Optional.empty();
    }

    private Optional<JwtSigningKey> key(Section jwt, JwtAlgorithm algorithm) {
        Optional<JwtSigningKey> key = files.pem(
                jwt,
                "private-key",
                path -> JwtSigningKey.fromPem(files.secretText(path)),
                "a PEM private key; coapgate keygen jwt makes one");
        key.filter(read -> read.algorithm() != algorithm)
                .ifPresent(read -> jwt.problem(
                        "private-key",
                        "is a key for " + read.algorithm().jwsName() + ", not " + algorithm.jwsName(),
                        "set jwt.algorithm: " + read.algorithm().jwsName() + ", or name another key"));
        return key;
    }
}
