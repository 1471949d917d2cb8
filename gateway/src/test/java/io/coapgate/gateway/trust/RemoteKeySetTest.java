package io.coapgate.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.observe.ManualScheduler;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.trust.KeySetException.Reason;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RemoteKeySetTest {
    private static final KeySetSettings SETTINGS = new KeySetSettings(
            "coaps://as.example",
            URI.create("https://as.example/keys"),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofSeconds(5),
            1000,
            TlsSource.JDK);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler timer = new ManualScheduler(clock);
    private final List<CompletableFuture<FetchedKeys>> requests = new ArrayList<>();
    private final RemoteKeySet set = new RemoteKeySet(SETTINGS, this::request, timer, clock);

    private CompletionStage<FetchedKeys> request() {
        CompletableFuture<FetchedKeys> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    }

    private CompletionStage<Void> unknownKey() {
        return set.refreshForUnknownKey().orElseThrow();
    }

    private static List<RecipientKey> keys() {
        try {
            return List.of(
                    VerificationKey.of(CoseAlgorithm.ES256, Devices.p256().getPublic()));
        } catch (CoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RecipientKey> answer(Duration freshFor) {
        List<RecipientKey> keys = keys();
        requests.get(requests.size() - 1).complete(new FetchedKeys(keys, Optional.of(freshFor)));
        return keys;
    }

    private void fail(Reason reason) {
        requests.get(requests.size() - 1).completeExceptionally(new KeySetException(reason, "down"));
    }

    @Test
    void hasNoKeysBeforeTheFirstAnswerForWhichTokensWait() {
        set.start();
        assertThat(set.current()).isEmpty();
        CompletionStage<Void> waiting = unknownKey();
        assertThat(requests).as("one request for all").hasSize(1);
        assertThat(waiting.toCompletableFuture()).isNotDone();
        List<RecipientKey> keys = answer(Duration.ofMinutes(5));
        assertThat(waiting.toCompletableFuture()).isCompleted();
        assertThat(set.current()).isEqualTo(keys);
    }

    @Test
    void asksAgainWhenTheServerSaysThatTheSetIsFreshNoMore() {
        set.start();
        answer(Duration.ofMinutes(5));
        timer.advance(Duration.ofSeconds(299));
        assertThat(requests).hasSize(1);
        timer.advance(Duration.ofSeconds(1));
        assertThat(requests).hasSize(2);
        List<RecipientKey> rotated = answer(Duration.ofMinutes(5));
        assertThat(set.current()).isEqualTo(rotated);
    }

    @Test
    void asksWithinItsOwnBoundsWhateverTheServerSays() {
        set.start();
        answer(Duration.ZERO);
        timer.advance(Duration.ofSeconds(29));
        assertThat(requests).hasSize(1);
        timer.advance(Duration.ofSeconds(1));
        assertThat(requests).hasSize(2);
        answer(Duration.ofDays(365));
        timer.advance(Duration.ofHours(1));
        assertThat(requests).hasSize(3);
    }

    @Test
    void asksForUnknownKeysOncePerInterval() {
        set.start();
        answer(Duration.ofMinutes(5));
        assertThat(unknownKey().toCompletableFuture()).as("too early to ask").isCompleted();
        assertThat(requests).hasSize(1);
        timer.advance(Duration.ofSeconds(30));
        List<CompletionStage<Void>> waiting = List.of(unknownKey(), unknownKey(), unknownKey());
        assertThat(requests).hasSize(2);
        answer(Duration.ofMinutes(5));
        assertThat(waiting)
                .allSatisfy(one -> assertThat(one.toCompletableFuture()).isCompleted());
        unknownKey();
        assertThat(requests).hasSize(2);
        assertThat(timer.waiting()).as("one timer, however it was asked for").isEqualTo(1);
    }

    @Test
    void aServerThatFailsLeavesTheLastGoodSetInForceForATime() {
        set.start();
        List<RecipientKey> keys = answer(Duration.ofHours(1));
        for (Instant end = clock.instant().plus(Duration.ofHours(24)).minusSeconds(1);
                clock.instant().isBefore(end); ) {
            timer.advance(
                    Duration.between(clock.instant(), end).compareTo(Duration.ofMinutes(30)) > 0
                            ? Duration.ofMinutes(30)
                            : Duration.between(clock.instant(), end));
            fail(Reason.UNREACHABLE);
        }
        assertThat(set.current()).isEqualTo(keys);
        timer.advance(Duration.ofSeconds(1));
        assertThat(set.current()).as("a day old").isEmpty();
        assertThat(set.statistics().age()).contains(Duration.ofHours(24));
    }

    @Test
    void asksAFailingServerMoreAndMoreRarely() {
        set.start();
        fail(Reason.STATUS);
        timer.advance(Duration.ofSeconds(30));
        assertThat(requests).hasSize(2);
        fail(Reason.INVALID);
        timer.advance(Duration.ofSeconds(59));
        assertThat(requests).hasSize(2);
        timer.advance(Duration.ofSeconds(1));
        assertThat(requests).hasSize(3);
        assertThat(set.statistics().failed())
                .containsEntry(Reason.STATUS, 1L)
                .containsEntry(Reason.INVALID, 1L)
                .containsEntry(Reason.UNREACHABLE, 0L);
    }

    @Test
    void aWaitingTokenIsLetGoWhenTheServerFails() {
        set.start();
        CompletionStage<Void> waiting = unknownKey();
        fail(Reason.UNREACHABLE);
        assertThat(waiting.toCompletableFuture()).isCompleted();
    }

    @Test
    void withdrawnKeysCountNoMoreEvenIfNoneAreLeft() {
        set.start();
        answer(Duration.ofMinutes(1));
        timer.advance(Duration.ofMinutes(1));
        requests.get(1).complete(new FetchedKeys(List.of(), Optional.empty()));
        assertThat(set.current()).isEmpty();
        assertThat(set.statistics().refreshed()).isEqualTo(2);
    }
}
