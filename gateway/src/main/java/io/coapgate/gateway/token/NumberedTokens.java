package io.coapgate.gateway.token;

import io.coapgate.crypto.key.Thumbprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tokens of one counter that live, and the highest number of one that has ended, through which all count as ended
 * (RFC 9200 §5.10.3). No token outlives one of a higher number, therefore, and ends never fall as numbers rise. Changed by one thread at
 * a time; {@link #hasEnded} is for any.
 */
final class NumberedTokens {
    private final TreeMap<Long, Seen> live = new TreeMap<>();
    private volatile long endedThrough = -1;

    /** The content of a token, and when it ends. */
    record Seen(Thumbprint token, Instant end) {}

    boolean hasEnded(long number) {
        return number <= endedThrough;
    }

    long endedThrough() {
        return endedThrough;
    }

    /** Forgets those that have ended by then. */
    void passTo(Instant now) {
        long through = endedThrough;
        while (!live.isEmpty() && !now.isBefore(live.firstEntry().getValue().end())) { // now == end: ended
            through = Math.max(through, live.pollFirstEntry().getKey());
        }
        endedThrough = through;
    }

    /**
     * Forgets those too that would live longer than any token may: they came by a clock that has been put back since, and nobody
     * knows for how long they have lived.
     */
    void passTo(Instant now, Instant latest) {
        passTo(now);
        if (!live.isEmpty() && live.lastEntry().getValue().end().isAfter(latest)) {
            endThrough(live.lastKey());
        }
    }

    void endThrough(long number) {
        endedThrough = Math.max(endedThrough, number);
        live.headMap(number, true).clear();
    }

    Optional<Seen> find(long number) {
        return Optional.ofNullable(live.get(number));
    }

    /** When a token with this number ends that would live until then. */
    Instant endOf(long number, Instant wanted) {
        Map.Entry<Long, Seen> higher = live.higherEntry(number);
        return higher != null && higher.getValue().end().isBefore(wanted)
                ? higher.getValue().end()
                : wanted;
    }

    /** @return whether tokens that live already end sooner now, with this one */
    boolean add(long number, Seen token) {
        if (hasEnded(number)) {
            return false;
        }
        live.put(number, token);
        boolean cut = false;
        Map.Entry<Long, Seen> lower = live.lowerEntry(number);
        while (lower != null && lower.getValue().end().isAfter(token.end())) {
            live.put(lower.getKey(), new Seen(lower.getValue().token(), token.end()));
            cut = true;
            lower = live.lowerEntry(lower.getKey());
        }
        return cut;
    }

    int size() {
        return live.size();
    }

    /** What ended stays so. */
    void forgetLive() {
        live.clear();
    }

    List<Map.Entry<Long, Seen>> entries() {
        return List.copyOf(live.entrySet());
    }
}
