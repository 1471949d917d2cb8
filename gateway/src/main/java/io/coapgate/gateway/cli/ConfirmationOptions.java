package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says of {@code cnf}. */
final class ConfirmationOptions {
    @Option(
            names = "--cnf-key",
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description = "the key of cnf, as --key; of a private key only the public half")
    private @Nullable TokenKey key;

    @Option(names = "--cnf-kid", paramLabel = "TEXT", description = "cnf is this key identifier")
    private @Nullable String keyId;

    @Option(
            names = "--cnf-encrypt-key",
            paramLabel = "FILE",
            converter = TokenKeyReader.class,
            description = "encrypt the symmetric key of --cnf-key with this")
    private @Nullable TokenKey encryptKey;

    boolean isPresent() {
        return key != null || keyId != null || encryptKey != null;
    }

    Optional<Confirmation> confirmation(SecureRandom random) throws CoseException {
        if (key != null && keyId != null) {
            throw new IllegalArgumentException("--cnf-key and --cnf-kid: cnf has one member");
        }
        if (encryptKey != null && key == null) {
            throw new IllegalArgumentException("--cnf-encrypt-key: no --cnf-key to encrypt");
        }
        return key == null
                ? Optional.ofNullable(keyId).map(KeyId::ofUtf8).map(Confirmation::of)
                : Optional.of(ofKey(key.confirmationKey(), random));
    }

    private Confirmation ofKey(CoseKey confirmed, SecureRandom random) throws CoseException {
        return encryptKey == null
                ? Confirmation.of(confirmed)
                : Confirmation.encrypted(
                        confirmed,
                        ProtectionOptions.encryptionKey("--cnf-encrypt-key", encryptKey, Optional.empty()),
                        random);
    }
}
