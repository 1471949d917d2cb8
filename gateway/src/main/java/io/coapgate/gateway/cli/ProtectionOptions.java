package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.inspect.CoseNames;
import io.coapgate.crypto.key.KeyId;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says of how a token is signed, MACed or encrypted. */
final class ProtectionOptions {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description =
                    "sign or MAC with this: private PEM, COSE_Key, JWK, keygen's psk, or hex:SECRET instead of a file")
    private @Nullable TokenKey key;

    @Option(
            names = "--alg",
            paramLabel = "ALG",
            description = {
                "ES256, \"HMAC 256/64\", …; default: by the key.",
                "With one that encrypts, as AES-CCM-16-64-128, the token is encrypted and nothing else"
            })
    private @Nullable String algorithm;

    @Option(names = "--kid", paramLabel = "TEXT", description = "the key's identifier; default: the key's own, if any")
    private @Nullable String kid;

    @Option(
            names = "--encrypt-key",
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description = "encrypt the token, once it is signed or MACed, with this symmetric key, as --key")
    private @Nullable TokenKey encryptKey;

    // GCM: every length of key has it, with the longest tag, and the gateway that decrypts is no constrained device.
    @Option(
            names = "--encrypt-alg",
            paramLabel = "ALG",
            description = "default: by the key, or A128GCM, A192GCM, A256GCM by its length")
    private @Nullable String encryptAlgorithm;

    @Option(
            names = "--encrypt-kid",
            paramLabel = "TEXT",
            description = "the identifier of the key that encrypts; default: its own, if any")
    private @Nullable String encryptKid;

    TokenKey key() {
        return Objects.requireNonNull(key, "key"); // picocli sees to it
    }

    Optional<String> algorithm() {
        return Optional.ofNullable(algorithm);
    }

    /** Whether something was asked for that a JWT has not. */
    boolean needsCwt() {
        return kid != null || encryptKey != null || encryptAlgorithm != null || encryptKid != null;
    }

    CwtIssuer issuer(String name, SecureRandom random) throws CoseException {
        CwtIssuer issuer = issuer(name, chosen(), random);
        if (encryptKey == null) {
            if (encryptAlgorithm != null || encryptKid != null) {
                throw new IllegalArgumentException("--encrypt-alg, --encrypt-kid: no --encrypt-key to encrypt with");
            }
            return issuer;
        }
        TokenKey named = named(encryptKey, encryptKid);
        return issuer.encryptedWith(
                encryptionKey("--encrypt-key", named, Optional.ofNullable(encryptAlgorithm)), random);
    }

    private CwtIssuer issuer(String name, CoseAlgorithm chosen, SecureRandom random) throws CoseException {
        TokenKey named = named(key(), kid);
        return chosen.kind() == CoseAlgorithm.Kind.ENCRYPTION
                ? CwtIssuer.encrypting(name, named.encryptionKey(chosen), random)
                : new CwtIssuer(name, named.signingKey(chosen));
    }

    private static TokenKey named(TokenKey key, @Nullable String kid) {
        return key.withKeyId(Optional.ofNullable(kid).map(KeyId::ofUtf8).or(key::kid));
    }

    private CoseAlgorithm chosen() {
        return algorithm().isPresent()
                ? named("--alg", algorithm().get())
                : key().signingAlgorithms().stream()
                        .findFirst()
                        .or(() ->
                                key().cose().flatMap(CoseKey::algorithm).filter(key().encryptionAlgorithms()::contains))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--key: neither signs nor makes MACs; if it encrypts, say how by --alg"));
    }

    static EncryptionKey encryptionKey(String option, TokenKey key, Optional<String> algorithm) throws CoseException {
        CoseAlgorithm chosen = algorithm.isPresent()
                ? named("--encrypt-alg", algorithm.get())
                : key.encryptionAlgorithms().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(option + ": not a key that encrypts"));
        return key.encryptionKey(chosen);
    }

    private static CoseAlgorithm named(String option, String algorithm) {
        return CoseNames.algorithm(algorithm)
                .orElseThrow(() -> new IllegalArgumentException(option + ": unknown or not supported"));
    }
}
