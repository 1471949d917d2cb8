package io.coapgate.simulator.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that hold secrets: readable by their owner alone, from the first byte on. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** A new directory for temporary files, mode 0700. */
    public static Path temporaryDirectory(String prefix) throws IOException {
        return Files.createTempDirectory(prefix, mode("rwx------"));
    }

    /** Creates the directory, mode 0700, unless it exists. */
    public static Path directory(Path directory) throws IOException {
        return Files.isDirectory(directory) ? directory : Files.createDirectories(directory, mode("rwx------"));
    }

    /** Writes a new file, mode 0600, in place of an old one. */
    public static Path write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, mode("rw-------"));
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** Deletes the directory with all that is in it; does not follow links. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(PrivateFiles::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
