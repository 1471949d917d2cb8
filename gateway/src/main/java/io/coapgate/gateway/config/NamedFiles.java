package io.coapgate.gateway.config;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads the keys and certificates that a configuration names by path, relative to its own directory. */
final class NamedFiles {
    private static final int MAX_BYTES = 256 * 1024;

    private final Path directory;
    private final FilesSeen seen;

    /** @param configuration the file whose paths these are */
    NamedFiles(Path configuration) {
        this(configuration, new FilesSeen());
    }

    /** @param seen is told of every file that is read, and of every one that should have been */
    NamedFiles(Path configuration, FilesSeen seen) {
        this.seen = seen;
        Path parent = configuration.getParent();
        this.directory = parent == null ? Path.of("") : parent;
    }

    Path resolve(String path) {
        return directory.resolve(path);
    }

    String text(String path) throws UnreadableFileException {
        return TextFile.read(existing(path), MAX_BYTES);
    }

    String secretText(String path) throws UnreadableFileException {
        return TextFile.readSecret(existing(path), MAX_BYTES);
    }

    private Path existing(String path) throws UnreadableFileException {
        try {
            Path file = resolve(path);
            seen.add(file);
            return file;
        } catch (InvalidPathException e) {
            throw new UnreadableFileException(directory, "has no file of such a name", "correct the path");
        }
    }

    Optional<KeyPair> keyPair(Section section, String key) {
        return pem(section, key, path -> Pem.keyPair(secretText(path)), "a PEM private key; coapgate keygen makes one");
    }

    Optional<PublicKey> publicKey(Section section, String key) {
        return pem(section, key, path -> Pem.publicKey(text(path)), "a PEM file with one PUBLIC KEY");
    }

    /** Empty without a problem if the key is not there. */
    Optional<List<X509Certificate>> certificates(Section section, String key) {
        return pem(section, key, path -> Pem.certificates(text(path)), "a PEM file with CERTIFICATE blocks");
    }

    <T> Optional<T> pem(Section section, String key, PemReader<T> reader, String wanted) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        String path = section.text(key);
        try {
            return Optional.of(reader.read(path));
        } catch (UnreadableFileException e) {
            section.problem(key, e.getMessage(), e.advice());
        } catch (KeyFormatException e) {
            // Not the value: where a PEM text may stand, somebody may have put a private key.
            section.problem(key, e.getMessage(), "name " + wanted);
        }
        return Optional.empty();
    }

    /** Reads something out of the file at a path. */
    @FunctionalInterface
    interface PemReader<T> {
        T read(String path) throws UnreadableFileException, KeyFormatException;
    }
}
