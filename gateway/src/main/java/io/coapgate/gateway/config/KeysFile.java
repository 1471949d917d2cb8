package io.coapgate.gateway.config;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.keys.KeyRings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code issuer-keys.json} in the state directory: every key ring in one file, so that one rename is all that a change takes.
 * Whoever reads it sees all of a change or nothing; whoever changes it does so alone. Thread-safe, over processes too.
 */
final class KeysFile {
    private static final String NAME = "issuer-keys.json";
    private static final String LOCK = "issuer-keys.lock";
    private static final int MAX_BYTES = 1024 * 1024;

    private final Path directory;
    private final KeysText format;
    private final SecureRandom random;

    KeysFile(Path directory, KeysText format, SecureRandom random) {
        this.directory = directory;
        this.format = format;
        this.random = random;
    }

    Path path() {
        return directory.resolve(NAME);
    }

    /**
     * The rings as they are; empty if the file is not there.
     *
     * @throws ConfigException if it is no file of keys; it is left alone
     */
    Optional<KeyRings> read() throws ConfigException {
        if (!Files.exists(path())) {
            return Optional.empty();
        }
        try {
            return Optional.of(format.read(TextFile.readSecret(path(), MAX_BYTES)));
        } catch (UnreadableFileException e) {
            throw StateDirectory.problem(path(), e.reason(), e.advice());
        } catch (KeyFormatException e) {
            throw StateDirectory.problem(
                    path(), "can't be used: " + e.getMessage(), "restore it from a copy, or remove it for new keys");
        }
    }

    /**
     * Changes the rings; nobody else does meanwhile.
     *
     * @param change must not take long; gets no rings if there is no file
     * @return the rings as they are then
     * @throws IOException if they can't be kept; they are as they were
     */
    KeyRings update(UnaryOperator<KeyRings> change) throws ConfigException, IOException {
        PrivateFiles.createDirectory(directory);
        StateLock held = StateLock.take(directory.resolve(LOCK));
        try {
            removeUnfinished();
            Optional<KeyRings> before = read();
            KeyRings after = change.apply(before.orElse(KeyRings.NONE));
            if (!before.equals(Optional.of(after))) {
                PrivateFiles.replace(path(), unfinished(), KeysText.write(after));
            }
            return after;
        } finally {
            held.release();
        }
    }

    private Path unfinished() {
        return directory.resolve(NAME + "." + Long.toHexString(random.nextLong()) + ".new");
    }

    /** What a process left that ended while it wrote; it held the lock then, so that it is over. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, NAME + ".*.new")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }
}
