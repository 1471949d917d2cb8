package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A token in a cache, or the failure to get one. Thread-safe. */
final class CachedToken {
    /** Renewal is due at 75 to 90 % of a token's life, so that tokens minted together are not renewed together. */
    private static final int RENEW_FROM_PERCENT = 75;

    private static final int RENEW_SPREAD_PERCENT = 15;
    private static final int BYTES_PER_WEIGHT = 1024;

    private final CompletableFuture<BearerToken> outcome;
    private final Instant since;
    private final Instant expiresAt;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Instant renewAt;

    private CachedToken(CompletableFuture<BearerToken> outcome, Instant since, Instant expiresAt, Instant renewAt) {
        this.outcome = outcome;
        this.since = since;
        this.expiresAt = expiresAt;
        this.renewAt = renewAt;
    }

    /** @param key by whose hash renewals are spread */
    static CachedToken of(BearerToken token, Instant now, Object key) {
        int percent = RENEW_FROM_PERCENT + Math.floorMod(key.hashCode(), RENEW_SPREAD_PERCENT + 1);
        Duration life = Duration.between(now, token.expiresAt());
        Instant renewAt = now.plus(life.multipliedBy(percent).dividedBy(100));
        return new CachedToken(completedFuture(token), now, token.expiresAt(), renewAt);
    }

    static CachedToken failed(Throwable failure, Instant now) {
        return new CachedToken(failedFuture(failure), now, retryAt(failure, now), Instant.MAX);
    }

    private static Instant retryAt(Throwable failure, Instant now) {
        Throwable cause = Causes.of(failure);
        return cause instanceof TokenExchangeException exchange
                ? exchange.retryAfter().map(now::plus).orElse(Instant.MIN)
                : Instant.MIN;
    }

    CompletableFuture<BearerToken> outcome() {
        return outcome;
    }

    /** When it was made. */
    Instant since() {
        return since;
    }

    boolean isFailure() {
        return outcome.isCompletedExceptionally();
    }

    boolean is(BearerToken token) {
        return !isFailure() && outcome.join().isSameAs(token);
    }

    /** In KiB, begun ones counting whole. */
    int weight() {
        return isFailure() ? 1 : 1 + outcome.join().authorization().length() / BYTES_PER_WEIGHT;
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(expiresAt);
    }

    Duration remaining(Instant now) {
        return hasEnded(now) ? Duration.ZERO : Duration.between(now, expiresAt);
    }

    /** Whether the caller has to renew it; true for one caller only, until that has failed. */
    boolean isDue(Instant now, Instant notAfter) {
        boolean due = !now.isBefore(renewAt) && expiresAt.isBefore(notAfter);
        return due && renewing.compareAndSet(false, true);
    }

    /** Another one may try, but not before the failure says that it makes sense. */
    void renewalFailed(CachedToken failure) {
        renewAt = failure.expiresAt;
        renewing.set(false);
    }
}
