package io.coapgate.gateway.config;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.keys.KeyKind;
import io.coapgate.gateway.keys.KeyMaterial;
import io.coapgate.gateway.keys.KeyRings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a state directory from before keys rotated, each in a file of its own. They are taken over, and the files stay
 * as long as their keys count, so that the version before still finds them; then they go too.
 */
final class EarlierKeys {
    private static final int MAX_BYTES = 64 * 1024;

    private final Path directory;

    EarlierKeys(Path directory) {
        this.directory = directory;
    }

    /** The key of this kind and its algorithm, if there is one. */
    Optional<KeyMaterial> find(KeyKind kind) throws ConfigException {
        Path file = file(kind);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(kind, file));
        } catch (UnreadableFileException e) {
            throw StateDirectory.problem(file, e.reason(), e.advice());
        } catch (KeyFormatException e) {
            throw StateDirectory.problem(file, "the key can't be used", "remove the file, and a new key is made");
        }
    }

    /** Removes the files whose keys no ring has any more. */
    void removeUnless(KeyRings rings, List<? extends KeyKind> kinds) throws ConfigException, IOException {
        for (KeyKind kind : kinds) {
            Optional<KeyMaterial> left = find(kind);
            boolean over = left.isPresent()
                    && rings.of(kind.use())
                            .filter(ring -> ring.find(left.get().id()).isEmpty())
                            .isPresent();
            if (over) {
                Files.delete(file(kind));
            }
        }
    }

    private static KeyMaterial read(KeyKind kind, Path file) throws UnreadableFileException, KeyFormatException {
        String text = TextFile.readSecret(file, MAX_BYTES);
        return kind.read(SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Path file(KeyKind kind) {
        return directory.resolve(
                switch (kind.use()) {
                    case JWT -> "jwt-" + kind.algorithm() + ".pem";
                    case CWT_MAC -> "issuer-mac.key";
                    case CWT_SIGNATURE -> "issuer-ES256.pem";
                });
    }
}
