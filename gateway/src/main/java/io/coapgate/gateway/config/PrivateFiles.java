package io.coapgate.gateway.config;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates directories and files that only their owner may read, from their first moment on. Never overwrites. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Creates the directory with mode 0700, and its parents, unless it is there. */
    public static void createDirectory(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, attributes(directory, "rwx------"));
        }
    }

    /**
     * Writes a new file with mode 0600 and forces it to the disk.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there; it is left alone
     */
    public static void write(Path file, String text) throws IOException {
        Set<java.nio.file.OpenOption> options = Set.of(CREATE_NEW, WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes(file, "rw-------"))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(Path file, String mode) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
