package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens until they end and renews those in use early, each by one exchange however many requests want it. A
 * cached token costs its caller a look-up and no lock that all share. A failure that says how long another attempt would
 * be in vain is kept for so long. Thread-safe.
 *
 * @param <K> what tokens differ by
 */
public final class CachedTokens<K> {
    private final Function<K, ? extends CompletionStage<BearerToken>> source;
    private final Duration settlingTime;
    private final Clock clock;
    private final AsyncCache<K, CachedToken> cache;

    /**
     * @param source makes a token, or fails with {@link TokenExchangeException}
     * @param settlingTime a token younger than this is not replaced: whoever rejected it would reject the next one too
     * @param maxTokens one more evicts the least useful; a token counts once for each KiB of it
     */
    public CachedTokens(
            Function<K, ? extends CompletionStage<BearerToken>> source,
            Duration settlingTime,
            Clock clock,
            int maxTokens) {
        this.source = source;
        this.settlingTime = settlingTime;
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .executor(Runnable::run) // its upkeep is little: waking another thread for it would cost more
                .maximumWeight(maxTokens)
                .weigher((K key, CachedToken token) -> token.weight())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing((K key, CachedToken token) -> token.remaining(clock.instant())))
                .buildAsync();
    }

    /** @param notAfter when the caller's need ends: a token that lives so long is not renewed */
    public CompletionStage<BearerToken> get(K key, Instant notAfter) {
        Instant now = clock.instant();
        CompletableFuture<CachedToken> cached = current(key, now);
        if (cached == null) {
            cached = fetchUnlessAnotherDoes(key);
        }
        if (!cached.isDone()) {
            return cached.thenCompose(CachedToken::outcome);
        }
        CachedToken token = cached.join();
        if (token.isDue(now, notAfter)) {
            renew(key, token);
        }
        return token.outcome();
    }

    /** As {@link #get}, but never with {@code rejected}. */
    public CompletionStage<BearerToken> replace(K key, Instant notAfter, BearerToken rejected) {
        CompletableFuture<CachedToken> cached = cache.getIfPresent(key);
        if (cached != null && cached.isDone() && cached.join().is(rejected)) {
            Duration settling =
                    Duration.between(clock.instant(), cached.join().since().plus(settlingTime));
            if (settling.compareTo(Duration.ZERO) > 0) {
                return failedFuture(TokenExchangeException.retryAfter(
                        Refusal.UPSTREAM_REJECTED_TOKEN, "the rejected token is new", settling));
            }
            cache.asMap().remove(key, cached); // only that one: a concurrent replacement stays
        }
        return get(key, notAfter);
    }

    /** An estimate, for metrics. */
    public long size() {
        return cache.synchronous().estimatedSize();
    }

    /** Whatever the cache has not got round to forgetting: one that has ended is not used. */
    private @Nullable CompletableFuture<CachedToken> current(K key, Instant now) {
        CompletableFuture<CachedToken> cached = cache.getIfPresent(key);
        if (cached != null && cached.isDone() && cached.join().hasEnded(now)) {
            cache.asMap().remove(key, cached);
            return null;
        }
        return cached;
    }

    /** Outside the cache's own computation: what a source does meanwhile may well use this cache. */
    private CompletableFuture<CachedToken> fetchUnlessAnotherDoes(K key) {
        CompletableFuture<CachedToken> mine = new CompletableFuture<>();
        CompletableFuture<CachedToken> others = cache.asMap().putIfAbsent(key, mine);
        if (others != null) {
            return others;
        }
        var unused = fetch(key).thenAccept(mine::complete); // a failed fetch completes normally too
        return mine;
    }

    private void renew(K key, CachedToken old) {
        var unused = fetch(key).thenAccept(renewed -> {
            if (renewed.isFailure()) {
                old.renewalFailed(renewed); // the old token serves on
            } else {
                cache.put(key, completedFuture(renewed));
            }
        });
    }

    /** Always completes normally: a failure is an outcome too, shared by those who wait. */
    private CompletableFuture<CachedToken> fetch(K key) {
        return source.apply(key)
                .handle((token, failure) -> failure == null
                        ? CachedToken.of(token, clock.instant(), key)
                        : CachedToken.failed(failure, clock.instant()))
                .toCompletableFuture();
    }
}
