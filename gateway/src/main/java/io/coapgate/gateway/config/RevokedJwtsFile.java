package io.coapgate.gateway.config;

import io.coapgate.gateway.issuing.RevokedJwts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code jwt-revocations.log} in the state directory: a line is the second in which a revoked JWT ends, and its {@code jti}. What
 * one of the gateways that share the directory has revoked, all know at once: who is asked looks whether the file has changed.
 * Thread-safe.
 */
public final class RevokedJwtsFile implements RevokedJwts {
    static final String NAME = "jwt-revocations.log";

    static final int MAX_TOKENS = 100_000;

    private static final Pattern LINE = Pattern.compile("([0-9]{1,12}) ([A-Za-z0-9_-]{1,128})");

    private final SharedLines lines;
    private final Path path;
    private final Clock clock;

    /** Nothing leaves it before its end, whatever becomes of the file. Guarded by this. */
    private final Map<String, Instant> ends = new HashMap<>();

    /** The file when all of it had been read; empty if that is not so. Guarded by this. */
    private Optional<FileState> seen = Optional.empty();

    private RevokedJwtsFile(Path directory, SecureRandom random, Clock clock) {
        this.lines = new SharedLines(directory, NAME, new Into(ends), random);
        this.path = directory.resolve(NAME);
        this.clock = clock;
    }

    /** @throws ConfigException if the file can't be made, or is not as it was written: what was revoked could count again */
    public static RevokedJwtsFile open(Path directory, SecureRandom random, Clock clock) throws ConfigException {
        RevokedJwtsFile file = new RevokedJwtsFile(directory, random, clock);
        file.read();
        return file;
    }

    private synchronized void read() throws ConfigException {
        lines.open("JWTs that were revoked could count again: wait until they have ended, and remove the file");
    }

    @Override
    public synchronized void add(String id, Instant expiresAt) throws IOException {
        try (SharedLines.Turn turn = turn()) {
            if (!ends.containsKey(id)) {
                keep(id, expiresAt, turn);
            }
            seen = turn.state();
        }
    }

    @Override
    public synchronized boolean contains(String id) throws IOException {
        if (seen.isEmpty() || !FileState.of(path).equals(seen)) {
            try (SharedLines.Turn turn = turn()) {
                seen = turn.state();
            }
        }
        return ends.containsKey(id);
    }

    private SharedLines.Turn turn() throws IOException {
        seen = Optional.empty();
        SharedLines.Turn turn = lines.take();
        Instant now = clock.instant();
        ends.values().removeIf(end -> !now.isBefore(end)); // now == exp: ended
        return turn;
    }

    private void keep(String id, Instant expiresAt, SharedLines.Turn turn) throws IOException {
        if (ends.size() >= MAX_TOKENS) {
            throw new IOException("too many JWTs are revoked");
        }
        ends.put(id, expiresAt);
        try {
            turn.keep(line(id, expiresAt), ends.size(), this::all);
        } catch (IOException e) {
            ends.remove(id); // its client is told that it still counts
            throw e;
        }
    }

    private List<String> all() {
        return ends.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String id, Instant end) {
        return end.getEpochSecond() + " " + id;
    }

    private record Into(Map<String, Instant> ends) implements SharedLines.Reader {
        @Override
        public void restart() {
            // What has been revoked stays so: the lines that come again add to it.
        }

        @Override
        public boolean read(String line) {
            Matcher fields = LINE.matcher(line);
            if (!fields.matches()) {
                return false;
            }
            ends.put(fields.group(2), Instant.ofEpochSecond(Long.parseLong(fields.group(1))));
            return true;
        }
    }
}
