package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Keeps tokens until they end and renews those in use early, each by one exchange however many requests want it. A
 * cached token costs its caller a look-up and no lock that all share.
 */
public final class CachedTokenExchange implements TokenExchange {
    /** Renewal is due at 75 to 90 % of a token's life, so that tokens minted together are not renewed together. */
    private static final int RENEW_FROM_PERCENT = 75;

    private static final int RENEW_SPREAD_PERCENT = 15;

    private final TokenExchange source;
    private final Supplier<String> keyId;
    private final Clock clock;
    private final AsyncCache<Key, Entry> cache;

    /**
     * @param keyId of the key that the source signs with now: tokens of a retired key are not used any more
     * @param maxTokens one more evicts the least useful
     */
    public CachedTokenExchange(TokenExchange source, Supplier<String> keyId, Clock clock, int maxTokens) {
        this.source = source;
        this.keyId = keyId;
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .maximumSize(maxTokens)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing((Key key, Entry entry) -> entry.remaining(clock.instant())))
                .buildAsync();
    }

    @Override
    public CompletionStage<BearerToken> exchange(TokenRequest request) {
        Key key = new Key(request, keyId.get());
        CompletableFuture<Entry> cached = cache.getIfPresent(key);
        if (cached == null) {
            return cache.get(key, (k, executor) -> fetch(k)).thenCompose(Entry::outcome);
        }
        if (!cached.isDone()) {
            return cached.thenCompose(Entry::outcome);
        }
        Entry entry = cached.join();
        renewIfDue(key, entry);
        return entry.outcome;
    }

    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        Key key = new Key(request, keyId.get());
        CompletableFuture<Entry> cached = cache.getIfPresent(key);
        if (cached != null && cached.isDone() && cached.join().is(rejected)) {
            cache.asMap().remove(key, cached); // only that one: a concurrent replacement stays
        }
        return exchange(request);
    }

    /** An estimate, for metrics. */
    public long size() {
        return cache.synchronous().estimatedSize();
    }

    private void renewIfDue(Key key, Entry entry) {
        boolean due = !clock.instant().isBefore(entry.renewAt) && entry.expiresAt.isBefore(key.request.notAfter());
        if (due && entry.renewing.compareAndSet(false, true)) {
            var unused = fetch(key).thenAccept(renewed -> {
                if (renewed.outcome.isCompletedExceptionally()) {
                    entry.renewing.set(false); // the old token serves on; the next request tries again
                } else {
                    cache.put(key, completedFuture(renewed));
                }
            });
        }
    }

    /** Always completes normally: a failure is an outcome too, shared by those who wait and then forgotten. */
    private CompletableFuture<Entry> fetch(Key key) {
        return source.exchange(key.request)
                .handle((token, failure) -> failure == null
                        ? new Entry(completedFuture(token), token.expiresAt(), renewalTime(token, key))
                        : new Entry(failedFuture(failure), Instant.MIN, Instant.MAX))
                .toCompletableFuture();
    }

    private Instant renewalTime(BearerToken token, Key key) {
        Instant now = clock.instant();
        int percent = RENEW_FROM_PERCENT + Math.floorMod(key.hashCode(), RENEW_SPREAD_PERCENT + 1);
        return now.plus(
                Duration.between(now, token.expiresAt()).multipliedBy(percent).dividedBy(100));
    }

    private record Key(TokenRequest request, String keyId) {}

    private static final class Entry {
        private final CompletableFuture<BearerToken> outcome;
        private final Instant expiresAt;
        private final Instant renewAt;
        private final AtomicBoolean renewing = new AtomicBoolean();

        Entry(CompletableFuture<BearerToken> outcome, Instant expiresAt, Instant renewAt) {
            this.outcome = outcome;
            this.expiresAt = expiresAt;
            this.renewAt = renewAt;
        }

        CompletableFuture<BearerToken> outcome() {
            return outcome;
        }

        boolean is(BearerToken token) {
            return !outcome.isCompletedExceptionally() && outcome.join() == token;
        }

        Duration remaining(Instant now) {
            return now.isBefore(expiresAt) ? Duration.between(now, expiresAt) : Duration.ZERO;
        }
    }
}
