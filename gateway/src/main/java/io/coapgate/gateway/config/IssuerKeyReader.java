package io.coapgate.gateway.config;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseAlgorithm.Kind;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.RecipientKey;
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
    Optional<RecipientKey> read(Section section) {
        CoseAlgorithm algorithm =
                CoseAlgorithm.ofIanaName(section.text("algorithm")).orElseThrow(); // the schema lists them
        boolean signature = algorithm.kind() == Kind.SIGNATURE;
        String wanted = signature ? "public-key" : "secret";
        if (!section.has(wanted)) {
            String message = "goes with the key " + wanted + ", which is missing";
            section.problem("algorithm", message, "choose the algorithm that the key is for");
            return Optional.empty();
        }
        Optional<RecipientKey> key = signature ? signatureKey(section, algorithm) : sharedKey(section, algorithm);
        return key.flatMap(bare -> withKeyId(section, bare)).flatMap(named -> withValidity(section, named));
    }

    private Optional<RecipientKey> signatureKey(Section section, CoseAlgorithm algorithm) {
        Optional<PublicKey> key = files.publicKey(section, "public-key");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(VerificationKey.of(algorithm, key.get()));
        } catch (CoseException e) {
            String name = algorithm.ianaName();
            String wanted = switch (algorithm) {
                case ES256 -> "an EC key on P-256";
                case ES384 -> "an EC key on P-384";
                case ES512 -> "an EC key on P-521";
                default -> "an Ed25519 key";
            };
            section.problem("public-key", "is not a key for " + name, "name " + wanted);
            return Optional.empty();
        }
    }

    private Optional<RecipientKey> sharedKey(Section section, CoseAlgorithm algorithm) {
        Optional<SecretBytes> secret = secrets.secret(section, "secret");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        boolean mac = algorithm.kind() == Kind.MAC;
        try {
            return Optional.of(
                    mac ? VerificationKey.of(algorithm, secret.get()) : DecryptionKey.of(algorithm, secret.get()));
        } catch (CoseException e) {
            int length = secret.get().length();
            int wanted = algorithm.keyLength();
            String advice = "use " + wanted + (mac ? " to 256" : "") + " random bytes: openssl rand -hex " + wanted;
            section.problem("secret", "has " + length + " bytes", advice);
            return Optional.empty();
        }
    }

    private static Optional<RecipientKey> withKeyId(Section section, RecipientKey key) {
        Optional<String> kid = section.optionalText("kid");
        if (kid.isPresent() && kid.get().getBytes(StandardCharsets.UTF_8).length > KeyId.MAX_BYTES) {
            section.problem("kid", "must have " + KeyId.MAX_BYTES + " bytes or fewer", "");
            return Optional.empty();
        }
        return Optional.of(kid.map(text -> key.withKeyId(KeyId.ofUtf8(text))).orElse(key));
    }

    private static Optional<RecipientKey> withValidity(Section section, RecipientKey key) {
        Instant from = section.instant("not-before").orElse(Instant.MIN);
        Instant to = section.instant("not-after").orElse(Instant.MAX);
        if (!from.isBefore(to)) {
            section.problem("not-after", "must be later than not-before", "");
            return Optional.empty();
        }
        return Optional.of(key.withValidity(from, to));
    }
}
