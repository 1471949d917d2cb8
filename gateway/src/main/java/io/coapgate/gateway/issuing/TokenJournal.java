package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.TokenHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which issued and revoked tokens outlast a restart; not the tokens themselves, but what they say, the client's
 * symmetric key among it: only its owner may read it. Revocations are forced to the disk, issued tokens are not. Not thread-safe.
 */
public final class TokenJournal implements AutoCloseable {
    /** What a rewriting must save at least. */
    static final int SLACK_LINES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TokenJournal.class);
    private static final int MAX_GATEWAYS = 16;

    private final Path file;
    private final Optional<FileChannel> lock;
    private @Nullable FileChannel out;
    private long lines;

    /** @param file need not be there; its directory must be */
    TokenJournal(Path file) {
        this(file, Optional.empty());
    }

    private TokenJournal(Path file, Optional<FileChannel> lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * The first journal of this directory that no other gateway uses now: of several that share the directory, each keeps its
     * own tokens.
     *
     * @throws IOException if nothing can be written there, or too many gateways are there
     */
    public static TokenJournal in(Path directory) throws IOException {
        for (int number = 1; number <= MAX_GATEWAYS; number++) {
            Path file = directory.resolve("issued-tokens" + (number == 1 ? "" : "-" + number) + ".log");
            FileChannel lock = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (isFree(lock)) {
                return new TokenJournal(file, Optional.of(lock));
            }
            lock.close();
        }
        throw new IOException("more than " + MAX_GATEWAYS + " gateways use " + directory.getFileName());
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another gateway of this process has it
        }
    }

    /** How many lines the file has. */
    long linesWritten() {
        return lines;
    }

    /** Whether a gateway has kept tokens there before. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** Reads the file. A line that can't be read, as one half written when the power failed, is passed over. */
    void replay(Consumer<IssuedToken> issued, Consumer<TokenHash> revoked) throws IOException {
        if (!exists()) {
            return;
        }
        int unread = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!JournalLine.read(line, issued, revoked)) {
                    unread++;
                }
            }
        }
        if (unread > 0) {
            LOG.warn("{}: {} lines can't be read, and are passed over", file.getFileName(), unread);
        }
    }

    /** Replaces the file by one with these tokens only. */
    void rewrite(Collection<IssuedToken> issued, Collection<TokenHash> revoked) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        closeFile();
        lines = 0;
        out = FileChannel.open(createPrivate(fresh), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        StringBuilder text = new StringBuilder();
        for (IssuedToken token : issued) {
            text.append(JournalLine.of(token));
            flushIfLong(text);
        }
        revoked.forEach(hash -> text.append(JournalLine.ofRevoked(hash)));
        write(text);
        out.force(true);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void issued(IssuedToken token) throws IOException {
        write(JournalLine.of(token));
    }

    void revoked(Collection<TokenHash> hashes) throws IOException {
        StringBuilder text = new StringBuilder();
        hashes.forEach(hash -> text.append(JournalLine.ofRevoked(hash)));
        write(text);
        if (out != null) {
            out.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
        if (lock.isPresent()) {
            lock.get().close();
        }
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    private static Path createPrivate(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createFile(path);
    }

    private void flushIfLong(StringBuilder text) throws IOException {
        if (text.length() > 64 * 1024) {
            write(text);
            text.setLength(0);
        }
    }

    private void write(CharSequence text) throws IOException {
        if (out == null) {
            throw new IOException("the journal is not open");
        }
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text.toString());
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        lines += text.chars().filter(c -> c == '\n').count();
    }
}
