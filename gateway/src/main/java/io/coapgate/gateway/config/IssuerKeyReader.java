package io.coapgate.gateway.config;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/** One key of an authorization server. */
final class IssuerKeyReader {
    private final NamedFiles files;
    private final SecretReader secrets;

    IssuerKeyReader(NamedFiles files, SecretReader secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    /** Empty after reporting a problem. */
    Optional<VerificationKey> read(Section section) {
        CoseAlgorithm algorithm = algorithm(section.text("algorithm"));
        boolean mac = algorithm.kind() == CoseAlgorithm.Kind.MAC;
        String wanted = mac ? "secret" : "public-key";
        if (!section.has(wanted)) {
            String message = "goes with the key " + wanted + ", which is missing";
            section.problem("algorithm", message, "choose the algorithm that the key is for");
            return Optional.empty();
        }
        Optional<VerificationKey> key = mac ? macKey(section, algorithm) : signatureKey(section, algorithm);
        return key.flatMap(bare -> withKeyId(section, bare)).flatMap(named -> withValidity(section, named));
    }

    private Optional<VerificationKey> signatureKey(Section section, CoseAlgorithm algorithm) {
        Optional<PublicKey> key = files.publicKey(section, "public-key");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(VerificationKey.of(algorithm, key.get()));
        } catch (CoseException e) {
            String name = section.text("algorithm");
            String wanted = algorithm == CoseAlgorithm.ES256 ? "an EC key on P-256" : "an Ed25519 key";
            section.problem("public-key", "is not a key for " + name, "name " + wanted);
            return Optional.empty();
        }
    }

    private Optional<VerificationKey> macKey(Section section, CoseAlgorithm algorithm) {
        Optional<SecretBytes> secret = secrets.secret(section, "secret");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(VerificationKey.of(algorithm, secret.get()));
        } catch (CoseException e) {
            int length = secret.get().length();
            section.problem("secret", "has " + length + " bytes", "use 32 to 256 random bytes: openssl rand -hex 32");
            return Optional.empty();
        }
    }

    private static Optional<VerificationKey> withKeyId(Section section, VerificationKey key) {
        Optional<String> kid = section.optionalText("kid");
        if (kid.isPresent() && kid.get().getBytes(StandardCharsets.UTF_8).length > KeyId.MAX_BYTES) {
            section.problem("kid", "must have " + KeyId.MAX_BYTES + " bytes or fewer", "");
            return Optional.empty();
        }
        return Optional.of(kid.map(text -> key.withKeyId(KeyId.ofUtf8(text))).orElse(key));
    }

    private static Optional<VerificationKey> withValidity(Section section, VerificationKey key) {
        Instant from = section.instant("not-before").orElse(Instant.MIN);
        Instant to = section.instant("not-after").orElse(Instant.MAX);
        if (!from.isBefore(to)) {
            section.problem("not-after", "must be later than not-before", "");
            return Optional.empty();
        }
        return Optional.of(key.withValidity(from, to));
    }

    private static CoseAlgorithm algorithm(String name) {
        return switch (name) {
            case "ES256" -> CoseAlgorithm.ES256;
            case "EdDSA" -> CoseAlgorithm.EDDSA;
            case "HMAC 256/64" -> CoseAlgorithm.HMAC_256_64;
            default -> CoseAlgorithm.HMAC_256_256;
        };
    }
}
