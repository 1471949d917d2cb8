package io.coapgate.gateway.dtls;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.Handshaker;

/**
 * The handshakes under way, with a bound for all and half of it for each source, so that peers who begin handshakes and
 * don't finish them can keep nobody else out. When a bound is reached, the oldest handshake makes room if it has had its
 * grace time; else the newcomer is refused. Thread-safe.
 */
final class HalfOpenHandshakes {
    /** Two round trips of a slow radio; a handshake that is slower may still finish while there is room. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final int MIN_BOUND = 64;
    private static final int MAX_BOUND = 8_192; // about 80 MB of handshake state

    private final int bound;
    private final LongSupplier nanoTime;
    /** Oldest first. Guarded by this. */
    private final Map<ConnectionId, HalfOpenHandshake> handshakes = new LinkedHashMap<>();
    /** Guarded by this. */
    private final Map<String, Integer> countBySource = new HashMap<>();
    /** Guarded by this. */
    private long displaced;

    HalfOpenHandshakes(int bound, LongSupplier nanoTime) {
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /** A quarter of the sessions, but neither fewer than 64 nor more than 8,192. */
    static int boundFor(int maxConnections) {
        return Math.min(Math.max(maxConnections / 4, MIN_BOUND), MAX_BOUND);
    }

    /**
     * Admits a handshake, in place of an old one if need be.
     *
     * @return false if there is no room and none can be made
     */
    boolean begin(Handshaker handshaker) {
        HalfOpenHandshake newcomer = new HalfOpenHandshake(handshaker, nanoTime.getAsLong());
        Optional<HalfOpenHandshake> leaving = Optional.empty();
        synchronized (this) {
            boolean sourceFull = countBySource.getOrDefault(newcomer.source(), 0) >= (bound + 1) / 2;
            if (sourceFull || handshakes.size() >= bound) {
                leaving = oldestPastGrace(newcomer, sourceFull);
                displaced++;
                if (leaving.isEmpty()) {
                    return false;
                }
                remove(leaving.get());
            }
            handshakes.put(newcomer.id(), newcomer);
            countBySource.merge(newcomer.source(), 1, Integer::sum);
        }
        leaving.ifPresent(HalfOpenHandshake::abort);
        return true;
    }

    /** Forgets a handshake that has ended, whatever way. */
    synchronized Optional<HalfOpenHandshake> end(ConnectionId id) {
        Optional<HalfOpenHandshake> ended = find(id);
        ended.ifPresent(this::remove);
        return ended;
    }

    synchronized Optional<HalfOpenHandshake> find(ConnectionId id) {
        return Optional.ofNullable(handshakes.get(id));
    }

    synchronized int size() {
        return handshakes.size();
    }

    /** How often a bound was reached: a handshake was refused or made room. */
    synchronized long displaced() {
        return displaced;
    }

    private Optional<HalfOpenHandshake> oldestPastGrace(HalfOpenHandshake newcomer, boolean ofSameSource) {
        for (HalfOpenHandshake candidate : handshakes.values()) {
            if (newcomer.startedNanos() - candidate.startedNanos() < GRACE.toNanos()) {
                return Optional.empty(); // and so are all younger ones
            }
            if (!ofSameSource || candidate.source().equals(newcomer.source())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void remove(HalfOpenHandshake handshake) {
        handshakes.remove(handshake.id());
        countBySource.computeIfPresent(handshake.source(), (source, count) -> count == 1 ? null : count - 1);
    }
}
