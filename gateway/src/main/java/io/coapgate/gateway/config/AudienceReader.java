package io.coapgate.gateway.config;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseAlgorithm.Kind;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.issuing.TokenAudience;
import io.coapgate.gateway.issuing.TokenProtection;
import java.security.PublicKey;
import java.util.Optional;

/** One resource server beside the gateway that tokens may be for. */
final class AudienceReader {
    private static final String SHARED = "secret";
    private static final String DERIVATION = "derivation-secret";
    private static final String SERVER_KEY = "public-key";
    private static final int MIN_DERIVATION_BYTES = 16;

    private final NamedFiles files;
    private final SecretReader secrets;

    AudienceReader(NamedFiles files, SecretReader secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    /** Empty after reporting a problem. */
    Optional<TokenAudience> read(Section section) {
        CoseAlgorithm algorithm =
                CoseAlgorithm.ofIanaName(section.text("algorithm")).orElseThrow(); // the schema lists them
        section.checkPositive("lifetime", "10m");
        checkKeys(section, algorithm);
        if (!section.isSound()) {
            return Optional.empty();
        }
        Optional<TokenProtection> protection = protection(section, algorithm);
        Optional<CoseKey> serverKey = serverKey(section);
        Optional<TokenNumbering> numbering = numbering(section);
        if (protection.isEmpty() || !section.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new TokenAudience(
                section.text("audience"),
                ScopeSet.of(section.texts("scopes").toArray(String[]::new)),
                section.duration("lifetime"),
                protection.get(),
                serverKey,
                numbering));
    }

    private static Optional<TokenNumbering> numbering(Section section) {
        return section.has(ExpiresInReader.SECTION)
                ? ExpiresInReader.numbering(
                        section.section(ExpiresInReader.SECTION), section.text("audience"), section, "audience")
                : Optional.empty();
    }

    /** What goes with the algorithm, and that some client can get a token at all. */
    private static void checkKeys(Section section, CoseAlgorithm algorithm) {
        boolean signed = algorithm.kind() == Kind.SIGNATURE;
        if (signed == section.has(SHARED)) {
            section.problem(
                    "algorithm",
                    signed ? "signs, which needs no secret" : "goes with a secret, which is missing",
                    signed ? "take the secret out, or choose an algorithm for it" : "share one with the server");
        } else if (section.has(DERIVATION) && algorithm.kind() != Kind.MAC) {
            section.problem(DERIVATION, "goes with HMAC only", "take it out");
        } else if (!section.has(SERVER_KEY) && !section.has(DERIVATION) && algorithm.kind() != Kind.ENCRYPTION) {
            String advice = "name the server's public-key"
                    + (signed ? ", or share a secret with it for AES-CCM" : ", or share a derivation-secret with it");
            section.problem("algorithm", "has no way to a key that client and server could use", advice);
        }
    }

    private Optional<TokenProtection> protection(Section section, CoseAlgorithm algorithm) {
        if (algorithm.kind() == Kind.SIGNATURE) {
            return Optional.of(new TokenProtection.Signed());
        }
        Optional<SecretBytes> secret = secrets.secret(section, SHARED);
        Optional<SecretBytes> derivation = secret.flatMap(own -> derivation(section, own));
        Optional<KeyId> kid = section.optionalText("kid").map(KeyId::ofUtf8);
        return secret.flatMap(shared -> shared(section, algorithm, shared, derivation, kid));
    }

    /** A key is for one purpose: what one use gives away would help against the other. */
    private Optional<SecretBytes> derivation(Section section, SecretBytes secret) {
        Optional<SecretBytes> derivation =
                section.has(DERIVATION) ? secrets.secret(section, DERIVATION) : Optional.empty();
        if (derivation.filter(secret::equals).isPresent()) {
            String advice = "use 16 random bytes for nothing else, shared with the server: openssl rand -hex 16";
            section.problem(DERIVATION, "is the secret too", advice);
        } else if (derivation.filter(key -> key.length() < MIN_DERIVATION_BYTES).isPresent()) {
            String message = "has " + derivation.get().length() + " bytes";
            section.problem(DERIVATION, message, "use 16 random bytes at least: openssl rand -hex 16");
        }
        return derivation;
    }

    private static Optional<TokenProtection> shared(
            Section section,
            CoseAlgorithm algorithm,
            SecretBytes secret,
            Optional<SecretBytes> derivation,
            Optional<KeyId> kid) {
        try {
            if (algorithm.kind() == Kind.MAC) {
                SigningKey key = SigningKey.of(algorithm, secret);
                return Optional.of(
                        new TokenProtection.Maced(kid.map(key::withKeyId).orElse(key), derivation));
            }
            EncryptionKey key = EncryptionKey.of(algorithm, secret);
            return Optional.of(
                    new TokenProtection.Encrypted(kid.map(key::withKeyId).orElse(key)));
        } catch (CoseException e) {
            String wanted = algorithm.keyLength() + (algorithm.kind() == Kind.MAC ? " to 256" : "");
            section.problem(
                    SHARED,
                    "has " + secret.length() + " bytes",
                    "use " + wanted + " random bytes: openssl rand -hex " + algorithm.keyLength());
            return Optional.empty();
        }
    }

    private Optional<CoseKey> serverKey(Section section) {
        Optional<PublicKey> key = files.publicKey(section, SERVER_KEY);
        try {
            return key.isPresent() ? Optional.of(CoseKey.ofPublicKey(key.get())) : Optional.empty();
        } catch (CoseException e) {
            section.problem(SERVER_KEY, "is of a kind that tokens can't name", "name an EC or Ed25519 key");
            return Optional.empty();
        }
    }
}
