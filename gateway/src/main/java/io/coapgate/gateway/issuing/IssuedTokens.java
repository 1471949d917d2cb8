package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that the gateway has issued, until they end, and which of them have been revoked. What is revoked stays so over a
 * restart. Thread-safe; what changes something writes to a file: not for threads that must not be held up.
 */
public final class IssuedTokens implements IssuanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedTokens.class);

    private final TokenJournal journal;
    private final IssuedTokenLimits limits;
    private final Clock clock;
    private final List<RevocationListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<CwtId> revokedIds = ConcurrentHashMap.newKeySet();

    /** All below are guarded by this. */
    private final Map<TokenHash, IssuedToken> tokens = new HashMap<>();

    private final Map<TokenHash, IssuedToken> revoked = new LinkedHashMap<>();
    private final Map<DeviceId, Integer> held = new HashMap<>();
    private final TreeMap<Instant, List<IssuedToken>> byEnd = new TreeMap<>();

    private IssuedTokens(TokenJournal journal, IssuedTokenLimits limits, Clock clock) {
        this.journal = journal;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Those that the journal knows of.
     *
     * @throws IOException if it can't be read or written
     */
    public static IssuedTokens open(TokenJournal journal, IssuedTokenLimits limits, Clock clock) throws IOException {
        IssuedTokens tokens = new IssuedTokens(journal, limits, clock);
        synchronized (tokens) {
            journal.replay(tokens::keep, tokens::markRevoked);
            tokens.dropEnded();
            journal.rewrite(tokens.tokens.values(), tokens.revoked.keySet());
        }
        return tokens;
    }

    /** Tells of every change of what is revoked from now on, in order; must be quick, and not come back here. */
    public void onChange(RevocationListener listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void issued(IssuedToken token) throws GrantRefusedException {
        expire();
        if (tokens.size() >= limits.total() || held.getOrDefault(token.subject(), 0) >= limits.perDevice()) {
            throw new GrantRefusedException(Refusal.GRANT_QUOTA);
        }
        try {
            journal.issued(token);
        } catch (IOException e) {
            LOG.error("no token is issued: it could not be recorded", e);
            throw new GrantRefusedException(Refusal.INTERNAL_ERROR);
        }
        keep(token);
        compactIfWorthWhile();
    }

    /** The token of that hash; empty if there is none that is valid now, or it has been revoked. */
    public synchronized Optional<IssuedToken> find(TokenHash hash) {
        return Optional.ofNullable(tokens.get(hash))
                .filter(token -> !revoked.containsKey(hash))
                .filter(token -> clock.instant().isBefore(token.expiresAt())); // now == exp: ended
    }

    /** Whether a token of the gateway's own with this identifier has been revoked. Answers at once, without a lock. */
    public boolean isRevoked(CwtId id) {
        return revokedIds.contains(id);
    }

    /** Those that are revoked and have not ended. */
    public synchronized List<IssuedToken> revoked() {
        return List.copyOf(revoked.values());
    }

    /** The devices that hold tokens. */
    public synchronized Set<DeviceId> subjects() {
        return Set.copyOf(held.keySet());
    }

    /** For metrics. */
    public synchronized int count() {
        return tokens.size();
    }

    /** @return false if there is no such token, or it has been revoked already */
    public synchronized boolean revoke(TokenHash hash) {
        return revoke(
                        token -> token.hash().equals(hash),
                        Optional.ofNullable(tokens.get(hash)).stream().toList())
                > 0;
    }

    /** Revokes all that the device holds. */
    public synchronized int revokeAllOf(DeviceId subject) {
        return held.containsKey(subject) ? revoke(token -> token.subject().equals(subject), tokens.values()) : 0;
    }

    /** Forgets what has ended, and tells of what was revoked among it. */
    public synchronized void expire() {
        List<IssuedToken> removed = dropEnded();
        if (!removed.isEmpty()) {
            tell(new RevocationListener.Change(removed, List.of()));
        }
    }

    /** From then on nothing is recorded, and no token issued. */
    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }

    private int revoke(Predicate<IssuedToken> which, Collection<IssuedToken> among) {
        expire();
        List<IssuedToken> added = among.stream()
                .filter(which)
                .filter(token -> tokens.containsKey(token.hash()) && !revoked.containsKey(token.hash()))
                .toList();
        if (added.isEmpty()) {
            return 0;
        }
        added.forEach(token -> markRevoked(token.hash())); // whether or not it can be recorded
        try {
            journal.revoked(added.stream().map(IssuedToken::hash).toList());
        } catch (IOException e) {
            LOG.error("{} revoked tokens could not be recorded: they count again after a restart", added.size(), e);
        }
        tell(new RevocationListener.Change(List.of(), added));
        return added.size();
    }

    private void tell(RevocationListener.Change change) {
        listeners.forEach(listener -> listener.changed(change));
    }

    private void keep(IssuedToken token) {
        if (tokens.putIfAbsent(token.hash(), token) == null) {
            held.merge(token.subject(), 1, Integer::sum);
            byEnd.computeIfAbsent(token.expiresAt(), end -> new ArrayList<>(1)).add(token);
        }
    }

    private void markRevoked(TokenHash hash) {
        IssuedToken token = tokens.get(hash);
        if (token != null) {
            revoked.put(hash, token);
            revokedIds.add(token.id());
        }
    }

    /** @return those of them that were revoked */
    private List<IssuedToken> dropEnded() {
        List<IssuedToken> wereRevoked = new ArrayList<>();
        Map<Instant, List<IssuedToken>> ended = byEnd.headMap(clock.instant(), true);
        ended.values().stream().flatMap(List::stream).forEach(token -> {
            tokens.remove(token.hash());
            held.computeIfPresent(token.subject(), (id, count) -> count > 1 ? count - 1 : null);
            if (revoked.remove(token.hash()) != null) {
                revokedIds.remove(token.id());
                wereRevoked.add(token);
            }
        });
        ended.clear();
        return wereRevoked;
    }

    private void compactIfWorthWhile() {
        if (journal.linesWritten() > 2L * tokens.size() + TokenJournal.SLACK_LINES) {
            try {
                journal.rewrite(tokens.values(), revoked.keySet());
            } catch (IOException e) {
                LOG.error("the record of issued tokens could not be made shorter", e);
            }
        }
    }
}
