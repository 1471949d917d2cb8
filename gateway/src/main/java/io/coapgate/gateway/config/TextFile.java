package io.coapgate.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Reads files, most of them UTF-8 text, with a size limit. */
final class TextFile {
    private TextFile() {}

    static String read(Path file, int maxBytes) throws UnreadableFileException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(readBytes(file, maxBytes)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(file, "is not UTF-8 text", "save it as UTF-8");
        }
    }

    /** The same for what is no text. */
    static byte[] readBytes(Path file, int maxBytes) throws UnreadableFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new UnreadableFileException(
                        file, "is longer than " + maxBytes + " bytes", "is it the right file?");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException(file, "does not exist", "create it, or correct the path");
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException(file, "may not be read", "give the gateway's user read access");
        } catch (IOException e) {
            throw new UnreadableFileException(file, "can't be read", "is it a plain file?");
        }
    }

    /** The same for secrets: a file that every user of the host may read is refused, as ssh does. */
    static String readSecret(Path file, int maxBytes) throws UnreadableFileException {
        if (isWorldReadable(file)) {
            throw new UnreadableFileException(file, "holds a secret that every user may read", "chmod o-r it");
        }
        return read(file, maxBytes);
    }

    static boolean isWorldReadable(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not there: reading says so; no POSIX permissions: nothing to tell
        }
    }
}
