package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CachedTokensTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();

    private CompletionStage<BearerToken> token(String name) {
        return completedFuture(
                new BearerToken(name + asked.incrementAndGet(), clock.instant().plusSeconds(100)));
    }

    private static String text(CompletionStage<BearerToken> token) {
        return token.toCompletableFuture().join().authorization();
    }

    @Test
    void aSourceMayUseTheCacheItself() {
        CompletableFuture<CachedTokens<String>> itself = new CompletableFuture<>();
        CachedTokens<String> tokens = new CachedTokens<>(
                key -> key.length() > 50
                        ? token(key)
                        : itself.join().get(key + "a", Instant.MAX).thenCompose(inner -> token(key)),
                Duration.ZERO,
                clock,
                1000);
        itself.complete(tokens);
        assertThat(text(tokens.get("", Instant.MAX))).isEqualTo("Bearer 52");
        assertThat(text(tokens.get("a", Instant.MAX))).isEqualTo("Bearer a51");
    }

    @Test
    void aFailureIsKeptForAsLongAsAskingIsInVain() {
        CachedTokens<String> tokens = new CachedTokens<>(
                key -> {
                    asked.incrementAndGet();
                    return failedFuture(TokenExchangeException.retryAfter(
                            Refusal.TOKEN_SERVER_REFUSED, "no", Duration.ofSeconds(10)));
                },
                Duration.ZERO,
                clock,
                1000);
        assertThat(tokens.get("a", Instant.MAX)).isCompletedExceptionally();
        clock.advance(Duration.ofMillis(9_999));
        assertThat(tokens.get("a", Instant.MAX)).isCompletedExceptionally();
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.get("a", Instant.MAX)).isCompletedExceptionally();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRenewalThatFailedIsNotTriedAgainBeforeItMakesSense() {
        CachedTokens<String> tokens = new CachedTokens<>(
                key -> asked.get() == 0
                        ? token(key)
                        : failedFuture(TokenExchangeException.retryAfter(
                                Refusal.TOKEN_SERVER_BUSY, "no " + asked.incrementAndGet(), Duration.ofSeconds(5))),
                Duration.ZERO,
                clock,
                1000);
        assertThat(text(tokens.get("a", Instant.MAX))).isEqualTo("Bearer a1");
        clock.advance(Duration.ofSeconds(91));
        for (int i = 0; i < 10; i++) {
            assertThat(text(tokens.get("a", Instant.MAX))).isEqualTo("Bearer a1");
        }
        assertThat(asked).hasValue(2);
        clock.advance(Duration.ofSeconds(5));
        assertThat(text(tokens.get("a", Instant.MAX))).isEqualTo("Bearer a1");
        assertThat(asked).hasValue(3);
    }

    @Test
    void longTokensTakeMoreRoom() {
        CachedTokens<String> tokens = new CachedTokens<>(key -> token("x".repeat(5000)), Duration.ZERO, clock, 12);
        for (int i = 0; i < 100; i++) {
            text(tokens.get("device " + i, Instant.MAX));
        }
        Awaitility.await().untilAsserted(() -> {
            text(tokens.get("device 0", Instant.MAX)); // a use lets the cache tidy up
            assertThat(tokens.size()).isLessThanOrEqualTo(2);
        });
    }
}
