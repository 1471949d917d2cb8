package io.coapgate.gateway.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.OpaqueTokens;
import io.coapgate.gateway.token.TokenRefusedException;
import io.coapgate.gateway.trust.IntrospectionSettings.Bounds;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The opaque tokens that devices have shown, and what their authorization server said of them. One question at a time is asked
 * about a token, however many want to know. What sessions hold is asked about again and again, and ends when it is not active
 * any more, grants something else, or nothing could be learned of it for too long. Thread-safe.
 */
public final class IntrospectedTokens implements OpaqueTokens {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectedTokens.class);
    private static final int MAX_NEGATIVE = 10_000;

    private final String issuer;
    private final Introspector server;
    private final Bounds bounds;
    private final int maxTokenBytes;
    private final Clock clock;
    private final Map<Thumbprint, KnownToken> active = new ConcurrentHashMap<>();
    private final Map<Thumbprint, CompletableFuture<CwtClaims>> running = new ConcurrentHashMap<>();
    private final Cache<Thumbprint, Boolean> inactive;
    private final IntrospectionTally tally = new IntrospectionTally();
    private volatile Consumer<Thumbprint> whoEnds = ended -> {};

    /** @param maxTokenBytes a longer token is not asked about */
    public IntrospectedTokens(String issuer, Introspector server, Bounds bounds, int maxTokenBytes, Clock clock) {
        this.issuer = issuer;
        this.server = server;
        this.bounds = bounds;
        this.maxTokenBytes = maxTokenBytes;
        this.clock = clock;
        this.inactive = Caffeine.newBuilder()
                .maximumSize(MAX_NEGATIVE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(bounds.negativeFor())
                .build();
    }

    /** @param ends takes a token from whatever session holds it; must be quick */
    public void onEnd(Consumer<Thumbprint> ends) {
        this.whoEnds = ends;
    }

    public IntrospectionTally tally() {
        return tally;
    }

    /** Active tokens that are remembered, for metrics. */
    public int count() {
        return active.size();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public CompletionStage<CwtClaims> claimsOf(byte[] token) {
        if (token.length > maxTokenBytes) {
            return refused(Refusal.TOKEN_TOO_LARGE);
        }
        Thumbprint name = Thumbprint.ofContent(token);
        KnownToken known = active.get(name);
        if (known != null && !known.isDue(clock.instant()) && clock.instant().isBefore(known.end())) {
            return CompletableFuture.completedFuture(known.claims());
        }
        if (inactive.getIfPresent(name) != null) {
            return refused(Refusal.TOKEN_INACTIVE);
        }
        return ask(name, token);
    }

    /**
     * Forgets tokens that have ended or that nobody holds, and asks again about the others when it is time. To be called
     * several times within the interval.
     *
     * @param held by sessions, by content
     */
    public void recheck(Set<Thumbprint> held) {
        Instant now = clock.instant();
        active.forEach((name, known) -> {
            if (!now.isBefore(known.end()) || (known.isDue(now) && !held.contains(name))) {
                active.remove(name, known);
            } else if (known.isDue(now)) {
                if (!now.isBefore(known.checkedAt().plus(bounds.maxStale()))) {
                    LOG.warn("a token of {} ends: it could not be asked about for {}", issuer, bounds.maxStale());
                    end(name);
                } else {
                    var unused = ask(name, known.token());
                }
            }
        });
    }

    private CompletableFuture<CwtClaims> ask(Thumbprint name, byte[] token) {
        CompletableFuture<CwtClaims> answer = new CompletableFuture<>();
        CompletableFuture<CwtClaims> underWay = running.putIfAbsent(name, answer);
        if (underWay != null) {
            return underWay;
        }
        var unused = server.introspect(token).handle((response, failure) -> {
            running.remove(name, answer);
            try {
                answer.complete(judge(name, token, response, failure));
            } catch (TokenRefusedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
            return answer;
        });
        return answer;
    }

    private CwtClaims judge(
            Thumbprint name, byte[] token, @Nullable IntrospectionResponse response, @Nullable Throwable failure)
            throws TokenRefusedException {
        if (response == null) {
            tally.countFailed();
            Throwable cause = Causes.ofNullable(failure);
            String detail = cause instanceof IntrospectionException ? cause.getMessage() : "the request failed";
            LOG.warn("{} gave no answer about a token: {}", issuer, detail);
            throw new TokenRefusedException(Refusal.TOKEN_INTROSPECTION_FAILED);
        }
        Optional<CwtClaims> claims = response.claims();
        if (claims.isEmpty()) {
            tally.countInactive();
            inactive.put(name, true);
            end(name);
            throw new TokenRefusedException(Refusal.TOKEN_INACTIVE);
        }
        tally.countActive();
        return remember(name, token, claims.get());
    }

    private CwtClaims remember(Thumbprint name, byte[] token, CwtClaims claims) throws TokenRefusedException {
        KnownToken before = active.get(name);
        if (before == null && active.size() >= bounds.maxTokens()) {
            LOG.warn("{} opaque tokens are remembered already: no more are taken", bounds.maxTokens());
            throw new TokenRefusedException(Refusal.TOKEN_INTROSPECTION_FAILED);
        }
        Instant now = clock.instant();
        Instant end = claims.expiresAt().orElse(now.plus(bounds.recheck()));
        if (before != null && !before.grantsTheSameAs(claims)) {
            end(name);
        }
        active.put(name, new KnownToken(token, claims, now, end, now.plus(bounds.recheck())));
        return claims;
    }

    private void end(Thumbprint name) {
        if (active.remove(name) != null) {
            whoEnds.accept(name);
        }
    }

    private static CompletionStage<CwtClaims> refused(Refusal reason) {
        return CompletableFuture.failedFuture(new TokenRefusedException(reason));
    }
}
