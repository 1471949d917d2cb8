package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.gateway.issuing.TokenNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code token-numbers.log} in the state directory: the last number of each audience, on the disk before the token is out. A line is the
 * audience in base64url and the number. Gateways that share the directory count together, token by token: of numbers that
 * each set aside for itself, the higher one could end before a lower one is given out. Thread-safe.
 */
public final class NumbersFile implements TokenNumbers {
    private static final String NAME = "token-numbers.log";

    private final SharedLines lines;
    /** Guarded by this. */
    private final Map<String, Long> last = new HashMap<>();

    private NumbersFile(Path directory, SecureRandom random) {
        this.lines = new SharedLines(directory, NAME, new Into(last), random);
    }

    /** @throws ConfigException if the file can't be made, or is not as it was written: numbers could go back */
    public static NumbersFile open(Path directory, SecureRandom random) throws ConfigException {
        NumbersFile file = new NumbersFile(directory, random);
        file.read();
        return file;
    }

    private synchronized void read() throws ConfigException {
        lines.open("resource servers would refuse lower numbers: restore the file with its newest lines, or give "
                + "those audiences other names and remove it");
    }

    @Override
    public synchronized long next(String audience) throws IOException {
        try (SharedLines.Turn turn = lines.take()) {
            long next = last.getOrDefault(audience, 0L) + 1;
            if (next > TokenNumbering.MAX_NUMBER) {
                throw new IOException("no number is left for " + audience);
            }
            last.put(audience, next);
            turn.keep(line(audience, next), last.size(), this::all);
            return next;
        }
    }

    private List<String> all() {
        return last.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String audience, long number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(audience.getBytes(UTF_8)) + " " + number;
    }

    private record Into(Map<String, Long> last) implements SharedLines.Reader {
        @Override
        public void restart() {
            last.clear();
        }

        @Override
        public boolean read(String line) {
            String[] fields = line.split(" ", -1);
            try {
                String audience = new String(Base64.getUrlDecoder().decode(fields[0]), UTF_8);
                last.merge(audience, Long.parseLong(fields[1]), Math::max);
                return fields.length == 2;
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                return false;
            }
        }
    }
}
