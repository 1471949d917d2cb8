package io.coapgate.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CachedTokenExchangeTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Source source = new Source();
    private String keyId = "k1";
    private final CachedTokenExchange cache = new CachedTokenExchange(source, () -> keyId, clock, 1000);

    /** A token exchange that answers when told to. */
    private final class Source implements TokenExchange {
        private final List<CompletableFuture<BearerToken>> asked = new ArrayList<>();
        private boolean answersAtOnce = true;

        @Override
        public CompletionStage<BearerToken> exchange(TokenRequest request) {
            CompletableFuture<BearerToken> answer = new CompletableFuture<>();
            asked.add(answer);
            if (answersAtOnce) {
                answer(asked.size() - 1);
            }
            return answer;
        }

        @Override
        public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
            return exchange(request);
        }

        void answer(int index) {
            asked.get(index)
                    .complete(new BearerToken("token" + index, clock.instant().plus(LIFETIME)));
        }
    }

    private static TokenRequest request(String device, Instant notAfter, Map<String, String> claims) {
        return new TokenRequest(
                new DeviceId(device),
                Tenant.DEFAULT,
                new Audience("https://backend.example"),
                ScopeSet.of("read"),
                notAfter,
                claims,
                new SessionKey.Symmetric(new PskIdentity("id"), SecretBytes.copyOf(new byte[16])));
    }

    private static TokenRequest request(String device) {
        return request(device, Instant.MAX, Map.of());
    }

    private String token(TokenRequest request) {
        return cache.exchange(request).toCompletableFuture().join().authorization();
    }

    @Test
    void answersEqualRequestsWithOneToken() {
        assertThat(token(request("d1"))).isEqualTo("Bearer token0");
        assertThat(token(request("d1"))).isEqualTo("Bearer token0");
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void whateverDiffersGetsItsOwnToken() {
        token(request("d1"));
        token(request("d2"));
        token(request("d1", clock.instant().plusSeconds(60), Map.of()));
        token(request("d1", Instant.MAX, Map.of("model", "m1")));
        keyId = "k2";
        token(request("d1"));
        assertThat(source.asked).hasSize(5);
    }

    @Test
    void manyAtOnceCauseOneExchange() {
        source.answersAtOnce = false;
        List<CompletableFuture<BearerToken>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(cache.exchange(request("d1")).toCompletableFuture());
        }
        assertThat(source.asked).hasSize(1);
        source.answer(0);
        assertThat(waiting).allSatisfy(w -> assertThat(w.join().authorization()).isEqualTo("Bearer token0"));
    }

    @Test
    void renewsEarlyByOneExchangeWhileTheOldTokenServes() {
        token(request("d1"));
        source.answersAtOnce = false;
        clock.advance(LIFETIME.multipliedBy(74).dividedBy(100));
        assertThat(token(request("d1"))).isEqualTo("Bearer token0");
        assertThat(source.asked).hasSize(1);

        clock.advance(LIFETIME.multipliedBy(17).dividedBy(100));
        for (int i = 0; i < 50; i++) {
            assertThat(token(request("d1"))).isEqualTo("Bearer token0");
        }
        assertThat(source.asked).hasSize(2);

        source.answer(1);
        assertThat(token(request("d1"))).isEqualTo("Bearer token1");
    }

    @Test
    void aRenewedTokenServesForItsOwnLifeNotForTheRestOfTheOldOnes() {
        token(request("d1"));
        clock.advance(LIFETIME.multipliedBy(91).dividedBy(100));
        token(request("d1"));
        clock.advance(LIFETIME.multipliedBy(50).dividedBy(100)); // the first one has ended by now
        assertThat(token(request("d1"))).isEqualTo("Bearer token1");
        assertThat(source.asked).hasSize(2);
    }

    @Test
    void aFailedRenewalLeavesTheOldTokenAndIsTriedAgain() {
        token(request("d1"));
        source.answersAtOnce = false;
        clock.advance(LIFETIME.multipliedBy(95).dividedBy(100));
        token(request("d1"));
        source.asked
                .get(1)
                .completeExceptionally(new TokenExchangeException(Refusal.TOKEN_EXCHANGE_FAILED, "no", null));
        assertThat(token(request("d1"))).isEqualTo("Bearer token0");
        assertThat(source.asked).hasSize(3);
    }

    @Test
    void neverAnswersWithAnEndedToken() {
        token(request("d1"));
        clock.advance(LIFETIME);
        assertThat(token(request("d1"))).isEqualTo("Bearer token1");
    }

    @Test
    void doesNotRenewWhatCannotLiveLonger() {
        Instant end = clock.instant().plus(LIFETIME);
        token(request("d1", end, Map.of()));
        clock.advance(LIFETIME.multipliedBy(99).dividedBy(100));
        token(request("d1", end, Map.of()));
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void aFailedExchangeIsNotRemembered() {
        source.answersAtOnce = false;
        CompletableFuture<BearerToken> first = cache.exchange(request("d1")).toCompletableFuture();
        source.asked
                .get(0)
                .completeExceptionally(new TokenExchangeException(Refusal.TOKEN_EXCHANGE_FAILED, "no", null));
        assertThatThrownBy(first::join).hasRootCauseInstanceOf(TokenExchangeException.class);
        source.answersAtOnce = true;
        assertThat(token(request("d1"))).isEqualTo("Bearer token1");
    }

    @Test
    void replacesARejectedTokenOnceHoweverManyComplain() {
        BearerToken rejected =
                cache.exchange(request("d1")).toCompletableFuture().join();
        for (int i = 0; i < 10; i++) {
            assertThat(cache.replace(request("d1"), rejected)
                            .toCompletableFuture()
                            .join()
                            .authorization())
                    .isEqualTo("Bearer token1");
        }
        assertThat(source.asked).hasSize(2);
    }
}
