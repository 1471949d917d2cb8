package io.coapgate.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. The inode and, through symbolic links, the real path
 * show atomic renames and swapped links; the time of the inode's last change shows edits that keep time and size.
 */
record FileState(
        Path realPath,
        FileTime modified,
        FileTime changed,
        long size,
        @Nullable Object inode) {

    /** Empty if the file is not there, or can't be seen. */
    static Optional<FileState> of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes basic = Files.readAttributes(real, BasicFileAttributes.class);
            FileTime changed =
                    real.getFileSystem().supportedFileAttributeViews().contains("unix")
                            ? (FileTime) Files.getAttribute(real, "unix:ctime")
                            : basic.lastModifiedTime();
            return Optional.of(new FileState(real, basic.lastModifiedTime(), changed, basic.size(), basic.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
