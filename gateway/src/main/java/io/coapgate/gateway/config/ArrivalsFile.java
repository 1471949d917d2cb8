package io.coapgate.gateway.config;

import io.coapgate.gateway.token.Arrival;
import io.coapgate.gateway.token.ArrivalBook;
import io.coapgate.gateway.token.ExpiresInSettings;
import io.coapgate.gateway.token.TokenArrivals;
import io.coapgate.gateway.token.TokenCounter;
import io.coapgate.gateway.token.TokenRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code token-arrivals.log} in the state directory: when tokens with {@code exi} came first, and through which number all have
 * ended. Gateways that share the directory are one resource server: what one has seen, all have. Thread-safe.
 */
public final class ArrivalsFile implements TokenArrivals {
    private static final String NAME = "token-arrivals.log";

    private final SharedLines lines;
    private final ArrivalBook book = new ArrivalBook();
    private final Clock clock;

    private ArrivalsFile(Path directory, SecureRandom random, Clock clock) {
        this.lines = new SharedLines(directory, NAME, new Into(book), random);
        this.clock = clock;
    }

    /** @throws ConfigException if the file can't be made, or is not as it was written: tokens that have ended could come to life again */
    public static ArrivalsFile open(Path directory, SecureRandom random, Clock clock) throws ConfigException {
        ArrivalsFile file = new ArrivalsFile(directory, random, clock);
        file.read();
        return file;
    }

    private synchronized void read() throws ConfigException {
        lines.open(
                "tokens that have ended could count again: have their issuers change their keys, and remove the file");
        book.passTo(clock.instant());
    }

    @Override
    public synchronized Arrival arrived(Arrival arrival, ExpiresInSettings settings)
            throws TokenRefusedException, IOException {
        try (SharedLines.Turn turn = lines.take()) {
            Optional<Instant> known = book.endOf(arrival, settings, clock.instant());
            if (known.isPresent()) {
                return arrival.endingAt(known.get());
            }
            Arrival added = book.add(arrival);
            turn.keep(ArrivalLine.of(added), book.size(), () -> ArrivalLine.of(book));
            return added;
        }
    }

    @Override
    public boolean hasEnded(TokenCounter counter, long number) {
        return book.hasEnded(counter, number);
    }

    @Override
    public synchronized boolean passTime() {
        return book.passTo(clock.instant());
    }

    /** How many tokens live. */
    public int size() {
        return book.size();
    }

    private record Into(ArrivalBook book) implements SharedLines.Reader {
        @Override
        public void restart() {
            book.forgetLive();
        }

        @Override
        public boolean read(String line) {
            return ArrivalLine.read(line, book);
        }
    }
}
