package io.coapgate.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The CWTs that sessions hold. A session's tokens go when they end; the sessions held are bounded. Thread-safe.
 */
public final class SessionTokens {
    private final Clock clock;
    private final int maxPerSession;
    private final Cache<SessionId, List<VerifiedCwt>> bySession;
    private volatile Consumer<SessionId> replaced = session -> {};

    /** @param maxPerSession one more replaces the oldest, as RFC 9200 §5.10.1 recommends with 1 */
    public SessionTokens(Clock clock, int maxPerSession, int maxSessions) {
        this.clock = clock;
        this.maxPerSession = maxPerSession;
        this.bySession = Caffeine.newBuilder()
                .executor(Runnable::run) // its upkeep is little: waking another thread for it would cost more
                .maximumSize(maxSessions)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing((SessionId session, List<VerifiedCwt> tokens) ->
                        Duration.between(clock.instant(), end(tokens))))
                .build();
    }

    /** Those that are valid now, the newest first. */
    public List<VerifiedCwt> validAt(SessionId session, Instant now) {
        List<VerifiedCwt> tokens = bySession.getIfPresent(session);
        if (tokens == null) {
            return List.of();
        }
        for (VerifiedCwt token : tokens) {
            if (!now.isBefore(token.expiresAt())) {
                return tokens.stream().filter(t -> now.isBefore(t.expiresAt())).toList();
            }
        }
        return tokens;
    }

    /** An estimate, for metrics. */
    public long sessions() {
        return bySession.estimatedSize();
    }

    /** @param hears when a new token has taken another's place on a session, which may do less now; must return at once */
    public void onReplaced(Consumer<SessionId> hears) {
        replaced = hears;
    }

    /** A session that a token established lasts as long as the tokens that it holds now, RFC 9202 §5. */
    void add(AuthenticatedDevice device, VerifiedCwt token) {
        AtomicBoolean displaced = new AtomicBoolean();
        bySession.asMap().compute(device.session(), (id, held) -> {
            List<VerifiedCwt> before = held == null ? List.of() : held;
            List<VerifiedCwt> tokens = with(token, before);
            displaced.set(!contents(tokens).containsAll(contents(before)));
            lastAsLongAs(tokens, device); // here: of two uploads at once the later one has the last word on this too
            return tokens;
        });
        if (displaced.get()) {
            replaced.accept(device.session());
        }
    }

    private List<VerifiedCwt> with(VerifiedCwt token, List<VerifiedCwt> held) {
        Instant now = clock.instant();
        List<VerifiedCwt> tokens = new ArrayList<>();
        tokens.add(token);
        held.stream()
                .filter(t -> now.isBefore(t.expiresAt()))
                .filter(t -> !t.contentThumbprint().equals(token.contentThumbprint())) // uploaded again
                .limit(maxPerSession - 1L)
                .forEach(tokens::add);
        return List.copyOf(tokens);
    }

    private static void lastAsLongAs(List<VerifiedCwt> tokens, AuthenticatedDevice device) {
        if (device.credential() instanceof DeviceCredential.AccessToken established
                && established.term() instanceof TokenTerm term) {
            term.lastAsLongAs(tokens);
        }
    }

    private static Set<Thumbprint> contents(List<VerifiedCwt> tokens) {
        return tokens.stream().map(VerifiedCwt::contentThumbprint).collect(Collectors.toSet());
    }

    /**
     * Takes tokens away from whatever session holds them. Looks at all sessions: not for threads that must not be held up.
     */
    public void remove(Predicate<VerifiedCwt> which) {
        for (SessionId session : bySession.asMap().keySet()) {
            bySession.asMap().computeIfPresent(session, (id, held) -> {
                if (held.stream().noneMatch(which)) {
                    return held;
                }
                List<VerifiedCwt> rest = held.stream().filter(which.negate()).toList();
                return rest.isEmpty() ? null : rest;
            });
        }
    }

    /** What all sessions hold now, by the content of the tokens. Looks at all sessions, as {@link #remove}. */
    public Set<Thumbprint> contents() {
        return bySession.asMap().values().stream()
                .flatMap(List::stream)
                .map(VerifiedCwt::contentThumbprint)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** When the last of them ends. */
    static Instant end(List<VerifiedCwt> tokens) {
        return tokens.stream()
                .map(VerifiedCwt::expiresAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }
}
