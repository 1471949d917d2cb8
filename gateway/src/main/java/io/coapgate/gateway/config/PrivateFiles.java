package io.coapgate.gateway.config;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
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
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Creates directories and files that only their owner may read, from their first moment on. */
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

    /** Opens a file with mode 0600 for reading and writing; makes it if it is not there. */
    static FileChannel openShared(Path file) throws IOException {
        Set<java.nio.file.OpenOption> options = Set.of(CREATE, READ, WRITE);
        FileChannel channel = FileChannel.open(file, options, attributes(file, "rw-------"));
        giveToOwnerOfDirectory(file);
        return channel;
    }

    /**
     * Puts a file with mode 0600 in the place of another: whoever reads it meanwhile sees the old one or the new one, and so
     * does whoever looks after a crash.
     *
     * @param fresh a name in the same directory that is not taken
     */
    static void replace(Path file, Path fresh, String text) throws IOException {
        write(fresh, text);
        giveToOwnerOfDirectory(fresh);
        Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && isPosix(file)) {
            try (FileChannel directory = FileChannel.open(parent, READ)) {
                directory.force(true); // else the old name might come back after a loss of power
            }
        }
    }

    /** What root makes on the gateway's behalf has to be readable for the gateway. */
    private static void giveToOwnerOfDirectory(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !isPosix(file)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(parent);
        if (!owner.equals(Files.getOwner(file))) {
            Files.setOwner(file, owner);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path file, String mode) {
        if (!isPosix(file)) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
