package io.coapgate.gateway.issuing;

import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The JWTs that their clients have revoked, by {@code jti}, until they end; over a restart too. A line of the file is the
 * second in which the token ends and its identifier; nothing of it is secret. Thread-safe; writes to a file.
 */
public final class RevokedJwts {
    private static final int MAX_TOKENS = 100_000;
    private static final Pattern LINE = Pattern.compile("([0-9]{1,12}) ([A-Za-z0-9_-]{1,128})");

    private final Path file;
    private final Clock clock;
    /** Guarded by this. */
    private final Map<String, Instant> ends = new HashMap<>();

    private RevokedJwts(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Those that the file has. A line that can't be read, as one half written when the power failed, is passed over.
     *
     * @throws IOException if it can't be read or written
     */
    public static RevokedJwts open(Path file, Clock clock) throws IOException {
        RevokedJwts revoked = new RevokedJwts(file, clock);
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        synchronized (revoked) {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                var fields = LINE.matcher(line);
                if (fields.matches()) {
                    revoked.ends.put(fields.group(2), Instant.ofEpochSecond(Long.parseLong(fields.group(1))));
                }
            }
            revoked.dropEnded();
            revoked.rewrite();
        }
        return revoked;
    }

    /** @throws IOException if it can't be recorded, or there are too many: the token is not revoked then */
    synchronized void add(String id, Instant expiresAt) throws IOException {
        if (ends.size() >= MAX_TOKENS) {
            dropEnded();
            rewrite();
        }
        if (ends.size() >= MAX_TOKENS) {
            throw new IOException("too many tokens are revoked");
        }
        if (!ends.containsKey(id)) {
            write(line(id, expiresAt));
            ends.put(id, expiresAt);
        }
    }

    synchronized boolean contains(String id) {
        return ends.containsKey(id);
    }

    private void dropEnded() {
        Instant now = clock.instant();
        ends.values().removeIf(end -> !now.isBefore(end));
    }

    private void rewrite() throws IOException {
        StringBuilder lines = new StringBuilder();
        ends.forEach((id, end) -> lines.append(line(id, end)));
        Files.writeString(file, lines, StandardCharsets.ISO_8859_1);
    }

    private void write(String line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, APPEND)) {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static String line(String id, Instant end) {
        return end.getEpochSecond() + " " + id + "\n";
    }
}
