package io.coapgate.gateway.token;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of tokens with {@code exi}: which live, and through which number all have ended (RFC 9200 §5.10.3). Changed by one
 * thread at a time; {@link #hasEnded} and {@link #size} are for any.
 */
public final class ArrivalBook {
    /** Gateways that share a book may have clocks that differ a little. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Map<TokenCounter, NumberedTokens> byCounter = new ConcurrentHashMap<>();
    private final NavigableSet<Instant> cuts = new TreeSet<>();
    private volatile int size;

    /**
     * When a token ends that is in the book; empty if it has come for the first time, and may be added.
     *
     * @throws TokenRefusedException {@code TOKEN_EXPIRED}; {@code TOKEN_REPLAYED} if another token has its number; {@code
     *     GATEWAY_BUSY} if as many live as may
     */
    public Optional<Instant> endOf(Arrival arrival, ExpiresInSettings settings, Instant now)
            throws TokenRefusedException {
        NumberedTokens tokens = tokens(arrival.counter());
        tokens.passTo(now, now.plus(settings.maxLifetime()).plus(CLOCKS_DIFFER));
        if (tokens.hasEnded(arrival.number())) {
            throw new TokenRefusedException(Refusal.TOKEN_EXPIRED);
        }
        Optional<NumberedTokens.Seen> seen = tokens.find(arrival.number());
        if (seen.filter(other -> !other.token().equals(arrival.token())).isPresent()) {
            throw new TokenRefusedException(Refusal.TOKEN_REPLAYED);
        }
        if (seen.isEmpty() && tokens.size() >= settings.maxTokens()) {
            throw new TokenRefusedException(Refusal.GATEWAY_BUSY);
        }
        return seen.map(NumberedTokens.Seen::end);
    }

    /** @return the same as it is in the book: its end may be nearer */
    public Arrival add(Arrival arrival) {
        NumberedTokens tokens = tokens(arrival.counter());
        Instant end = tokens.endOf(arrival.number(), arrival.end());
        if (tokens.add(arrival.number(), new NumberedTokens.Seen(arrival.token(), end))) {
            cuts.add(end);
        }
        count();
        return arrival.endingAt(end);
    }

    /** All numbers through this one have ended. */
    public void endThrough(TokenCounter counter, long number) {
        tokens(counter).endThrough(number);
        count();
    }

    /** Whether a token has ended, by its own time or with one of a higher number. Answers at once. */
    public boolean hasEnded(TokenCounter counter, long number) {
        NumberedTokens tokens = byCounter.get(counter);
        return tokens != null && tokens.hasEnded(number);
    }

    /**
     * Forgets what has ended.
     *
     * @return whether tokens are among it that ended sooner than was said when they came
     */
    public boolean passTo(Instant now) {
        byCounter.values().forEach(tokens -> tokens.passTo(now));
        count();
        NavigableSet<Instant> passed = cuts.headSet(now, true);
        boolean cut = !passed.isEmpty();
        passed.clear();
        return cut;
    }

    /** How many tokens live, for metrics. */
    public int size() {
        return size;
    }

    /** For reading it anew; what has ended stays so. */
    public void forgetLive() {
        byCounter.values().forEach(NumberedTokens::forgetLive);
        count();
    }

    /** Those that live. */
    public List<Arrival> live() {
        List<Arrival> live = new ArrayList<>();
        byCounter.forEach((counter, tokens) -> tokens.entries()
                .forEach(entry -> live.add(new Arrival(
                        counter,
                        entry.getKey(),
                        entry.getValue().token(),
                        entry.getValue().end()))));
        return live;
    }

    /** Through which number all have ended, where some have. */
    public Map<TokenCounter, Long> ended() {
        Map<TokenCounter, Long> ended = new ConcurrentHashMap<>();
        byCounter.forEach((counter, tokens) -> {
            if (tokens.endedThrough() >= 0) {
                ended.put(counter, tokens.endedThrough());
            }
        });
        return ended;
    }

    private NumberedTokens tokens(TokenCounter counter) {
        return byCounter.computeIfAbsent(counter, unseen -> new NumberedTokens());
    }

    private void count() {
        size = byCounter.values().stream().mapToInt(NumberedTokens::size).sum();
    }
}
