package io.coapgate.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.UpstreamException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BottleneckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Failure GONE = Failure.ofAll(Refusal.TOKEN_SERVER_UNREACHABLE, "gone");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final BackOff backOff = new BackOff("corporate", clock, new Random(1));
    private final Bottleneck bottleneck =
            new Bottleneck(Exchanges.at(URI.create("https://idp.example"), PATIENCE, 1, 2), backOff, clock);
    private final List<CompletableFuture<BearerToken>> asked = new ArrayList<>();

    private CompletableFuture<BearerToken> ask() {
        return bottleneck
                .ask(() -> {
                    CompletableFuture<BearerToken> answer = new CompletableFuture<>();
                    asked.add(answer);
                    return answer;
                })
                .toCompletableFuture();
    }

    /** Somebody asks, of whom the test hears no more. */
    private void occupy() {
        var unused = ask();
    }

    private static TokenExchangeException failure(CompletableFuture<BearerToken> question) {
        assertThat(question).isCompletedExceptionally();
        return (TokenExchangeException)
                question.handle((token, failure) -> failure).join();
    }

    private BearerToken token() {
        return new BearerToken("a.b.c", clock.instant().plusSeconds(60));
    }

    @Test
    void oneAfterTheOtherInTheOrderOfAsking() {
        CompletableFuture<BearerToken> first = ask();
        CompletableFuture<BearerToken> second = ask();
        assertThat(asked).hasSize(1);
        asked.get(0).complete(token());
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        asked.get(1).complete(token());
        assertThat(second).isCompleted();
        assertThat(bottleneck.running()).isZero();
    }

    @Test
    void whoeverHasWaitedTooLongIsNotAskedFor() {
        occupy();
        CompletableFuture<BearerToken> late = ask();
        clock.advance(Duration.ofMillis(1));
        CompletableFuture<BearerToken> later = ask();
        clock.advance(PATIENCE);
        asked.get(0).complete(token());
        assertThat(failure(late).reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
        assertThat(later).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void oneMoreThanMayWaitIsToldAtOnce() {
        occupy();
        occupy();
        occupy();
        assertThat(failure(ask()).reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
        assertThat(bottleneck.waiting()).isEqualTo(2);
    }

    @Test
    void whenTheServerFailsThoseWhoWaitHearOfIt() {
        occupy();
        CompletableFuture<BearerToken> waiting = ask();
        asked.get(0).completeExceptionally(new FailedAsk(GONE));
        assertThat(failure(waiting).reason()).isEqualTo(Refusal.TOKEN_SERVER_UNREACHABLE);
        assertThat(asked).hasSize(1);
        assertThat(failure(ask()).retryAfter()).isEqualTo(failure(waiting).retryAfter());
    }

    @Test
    void oneThatGetsLostAmongOthersThatAreAnsweredCostsItselfOnly() {
        Bottleneck wide =
                new Bottleneck(Exchanges.at(URI.create("https://idp.example"), PATIENCE, 2, 2), backOff, clock);
        CompletableFuture<BearerToken> lost = new CompletableFuture<>();
        CompletableFuture<BearerToken> answered = new CompletableFuture<>();
        CompletableFuture<BearerToken> first = wide.ask(() -> lost).toCompletableFuture();
        var unused = wide.ask(() -> answered);
        CompletableFuture<BearerToken> waiting =
                wide.ask(CompletableFuture::new).toCompletableFuture();
        clock.advance(Duration.ofSeconds(1));
        answered.complete(token());
        lost.completeExceptionally(
                new FailedAsk(Failure.of(new UpstreamException(Refusal.UPSTREAM_TIMEOUT, "no answer in time"))));
        assertThat(failure(first).reason()).isEqualTo(Refusal.TOKEN_SERVER_TIMEOUT);
        assertThat(waiting).isNotDone();
        assertThat(backOff.isWary()).isFalse();
    }

    @Test
    void aBugCostsNobodysPlace() {
        for (int i = 0; i < 10; i++) {
            CompletableFuture<BearerToken> broken = bottleneck
                    .ask(() -> {
                        throw new IllegalStateException("a bug");
                    })
                    .toCompletableFuture();
            assertThat(failure(broken).reason()).isEqualTo(Refusal.TOKEN_EXCHANGE_FAILED);
        }
        occupy();
        assertThat(asked).hasSize(1);
    }

    @Test
    void tensOfThousandsOfAnswersThatComeAtOnceDoNotNest() {
        Bottleneck wide =
                new Bottleneck(Exchanges.at(URI.create("https://idp.example"), PATIENCE, 1, 50_000), backOff, clock);
        CompletableFuture<BearerToken> held = new CompletableFuture<>();
        var unused = wide.ask(() -> held);
        List<CompletableFuture<BearerToken>> waiting = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            waiting.add(
                    wide.ask(() -> CompletableFuture.completedFuture(token())).toCompletableFuture());
        }
        held.complete(token());
        assertThat(waiting).allMatch(CompletableFuture::isDone);
    }

    @Test
    void pausesDoubleUpToAMinuteAndASuccessEndsThem() {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            Duration full = Duration.ofSeconds(Math.min(60, 1L << i));
            Duration pause = backOff.failed(GONE).retryAfter().orElseThrow();
            assertThat(pause).isBetween(full.dividedBy(2), full);
            assertThat(backOff.failed(GONE).retryAfter()).contains(pause); // of several together one counts
            longest = pause;
            clock.advance(pause);
            assertThat(backOff.refusal()).isEmpty();
        }
        assertThat(longest).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        backOff.succeeded(clock.instant().minusSeconds(120)); // asked before it failed: proves nothing
        assertThat(backOff.isWary()).isTrue();
        backOff.succeeded(clock.instant());
        assertThat(backOff.isWary()).isFalse();
        assertThat(backOff.failed(GONE).retryAfter().orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatTheServerWantsCountsIfItIsLonger() {
        Failure tooMany = new Failure(
                Refusal.TOKEN_SERVER_BUSY, "status 429", Failure.Extent.ALL, Optional.of(Duration.ofMinutes(10)));
        assertThat(backOff.failed(tooMany).retryAfter()).contains(Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(9));
        assertThat(backOff.refusal().orElseThrow().retryAfter()).contains(Duration.ofMinutes(1));
    }
}
