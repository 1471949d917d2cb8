package io.coapgate.gateway.token;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are kept for handshakes, one for each key: a new token replaces the one before (RFC 9200 §5.10.1). A
 * {@code kid} that means one key can't be made to mean another while a token lives that has it. Bounded over all and for
 * each source; whoever is over a bound is refused, and nobody's token makes room. Thread-safe, by one lock that only
 * uploads and handshakes take.
 */
final class WaitingTokens {
    private static final Duration PURGE_INTERVAL = Duration.ofSeconds(1);

    private final HandshakeSettings settings;
    private final TokenOrder order;
    private final Clock clock;
    /** Guarded by this. */
    private final Map<KeyId, Entry> byKey = new HashMap<>();
    /** Those not used yet. Guarded by this. */
    private final Map<String, Integer> countBySource = new HashMap<>();
    /** Guarded by this. */
    private Instant nextPurge = Instant.MIN;

    WaitingTokens(HandshakeSettings settings, TokenOrder order, Clock clock) {
        this.settings = settings;
        this.order = order;
        this.clock = clock;
    }

    /** The token that is bound to the key of this name, if it is still valid. */
    synchronized Optional<WaitingToken> find(KeyId keyName) {
        return live(keyName).map(entry -> entry.token);
    }

    /**
     * Keeps a token that came before its handshake.
     *
     * @param source the address that it came from
     * @return the sessions that stand on the same key, for which it counts too (RFC 9202 §4)
     * @throws TokenRefusedException {@code TOKEN_KEY_REUSED}, {@code TOKEN_REPLAYED} if it is older than the one that is
     *     held, {@code SOURCE_BUSY} or {@code GATEWAY_BUSY}
     */
    synchronized Set<AuthenticatedDevice> put(WaitingToken token, String source) throws TokenRefusedException {
        Optional<Entry> held = live(token.keyName());
        if (held.isPresent()) {
            return replace(held.get(), token);
        }
        if (byKey.size() >= settings.maxTokens()) {
            throw new TokenRefusedException(Refusal.GATEWAY_BUSY);
        }
        if (countBySource.getOrDefault(source, 0) >= settings.maxPerSource()) {
            throw new TokenRefusedException(Refusal.SOURCE_BUSY);
        }
        countBySource.merge(source, 1, Integer::sum);
        byKey.put(token.keyName(), new Entry(token, source, clock.instant().plus(settings.unusedFor())));
        return Set.of();
    }

    /** Refuses a token whose {@code kid} means another key. */
    synchronized void requireSameKey(WaitingToken token) throws TokenRefusedException {
        Optional<Entry> held = live(token.keyName());
        if (held.isPresent()) {
            requireSameKey(held.get(), token);
        }
    }

    /**
     * A handshake has proved possession of the token's key. A token that did not wait is kept from now on, if it fits.
     *
     * @throws TokenRefusedException {@code TOKEN_KEY_REUSED} if another handshake has given the name to another key meanwhile
     */
    synchronized void used(WaitingToken token, AuthenticatedDevice device) throws TokenRefusedException {
        Entry entry = live(token.keyName()).orElse(null);
        if (entry == null && byKey.size() < settings.maxTokens()) {
            entry = new Entry(token, null, Instant.MAX);
            byKey.put(token.keyName(), entry);
        }
        if (entry != null) {
            requireSameKey(entry, token);
            if (token.isSameToken(entry.token)) {
                entry.token = token; // of its forms this one has proved to be genuine
            }
            uncount(entry);
            entry.dropAt = Instant.MAX;
            entry.sessions.add(device);
        }
    }

    synchronized int size() {
        return byKey.size();
    }

    private Set<AuthenticatedDevice> replace(Entry held, WaitingToken token) throws TokenRefusedException {
        requireSameKey(held, token);
        if (order.isOlder(token.token(), held.token.token())) {
            throw new TokenRefusedException(Refusal.TOKEN_REPLAYED);
        }
        if (token.isSameToken(held.token) && held.isUsed()) {
            return Set.of(); // a duplicate
        }
        held.token = token;
        return Set.copyOf(held.sessions);
    }

    /**
     * The same token may stand for another key only until one has been used: a derived key changes with every byte of the
     * token, those included that anybody can change.
     */
    private static void requireSameKey(Entry held, WaitingToken token) throws TokenRefusedException {
        boolean same = held.token.key().equals(token.key())
                || token.key().filter(SessionKey.Asymmetric.class::isInstance).isPresent(); // the name says which
        boolean undecided = token.isSameToken(held.token) && !held.isUsed();
        if (!same && !undecided) {
            throw new TokenRefusedException(Refusal.TOKEN_KEY_REUSED);
        }
    }

    private Optional<Entry> live(KeyId keyName) {
        Instant now = clock.instant();
        if (!now.isBefore(nextPurge)) {
            nextPurge = now.plus(PURGE_INTERVAL);
            purge(now);
        }
        return Optional.ofNullable(byKey.get(keyName)).filter(entry -> entry.isLive(now));
    }

    private void purge(Instant now) {
        for (Iterator<Entry> entries = byKey.values().iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (!entry.isLive(now)) {
                uncount(entry);
                entries.remove();
            }
        }
    }

    private void uncount(Entry entry) {
        if (entry.source != null) {
            countBySource.computeIfPresent(entry.source, (source, count) -> count == 1 ? null : count - 1);
            entry.source = null;
        }
    }

    private static final class Entry {
        private final Set<AuthenticatedDevice> sessions = Collections.newSetFromMap(new WeakHashMap<>());
        private WaitingToken token;
        private @Nullable String source;
        private Instant dropAt;

        Entry(WaitingToken token, @Nullable String source, Instant dropAt) {
            this.token = token;
            this.source = source;
            this.dropAt = dropAt;
        }

        boolean isUsed() {
            return source == null;
        }

        boolean isLive(Instant now) {
            return now.isBefore(token.token().expiresAt()) && now.isBefore(dropAt);
        }
    }
}
