package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.request;
import static io.coapgate.gateway.oauth.Exchanges.settings;
import static io.coapgate.gateway.oauth.Exchanges.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.oauth.FakeTokenServer.Answer;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an OAuth server gets to feel of many devices: little. */
class StampedeTest {
    private static final int DEVICES = 1000;
    private static final int AT_ONCE = 8;

    private final Exchanges exchanges = new Exchanges();

    private static Answer fresh() {
        String claims = "{\"aud\":\"https://backend.example\",\"jti\":\"" + System.nanoTime() + "\"}";
        return Answer.token(FakeTokenServer.jwt(claims), ",\"expires_in\":300");
    }

    private static List<CompletableFuture<BearerToken>> all(OAuthTokenExchange exchange) {
        List<CompletableFuture<BearerToken>> waiting = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            waiting.add(exchange.exchange(request("d" + i)).toCompletableFuture());
        }
        return waiting;
    }

    private static void join(List<CompletableFuture<BearerToken>> waiting) throws Exception {
        CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    }

    @Test
    void aThousandDevicesWhoseTokensEndTogetherAskFewAtATime() throws Exception {
        CountDownLatch full = new CountDownLatch(AT_ONCE);
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(question -> {
                    full.countDown();
                    full.await(60, TimeUnit.SECONDS); // as many as there may be are here together
                    return fresh();
                })) {
            OAuthTokenExchange exchange = exchanges.open(settings(
                    Grant.TOKEN_EXCHANGE,
                    Exchanges.at(server.url("/token"), Duration.ofSeconds(60), AT_ONCE, DEVICES)));
            join(all(exchange));
            exchanges.clock.advance(Duration.ofMinutes(5)); // all end at the same moment
            join(all(exchange));
            join(all(exchange));
            assertThat(server.questions()).hasSize(2 * DEVICES);
            assertThat(server.mostAtOnce()).isEqualTo(AT_ONCE);
            assertThat(exchange.statistics().issued()).isEqualTo(2 * DEVICES);
        }
    }

    @Test
    void whoeverFindsTheQueueFullIsToldAtOnce() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(question -> {
                    held.await(60, TimeUnit.SECONDS);
                    return fresh();
                })) {
            OAuthTokenExchange exchange = exchanges.open(settings(
                    Grant.TOKEN_EXCHANGE, Exchanges.at(server.url("/token"), Duration.ofSeconds(60), AT_ONCE, 100)));
            List<CompletableFuture<BearerToken>> waiting = all(exchange);
            assertThat(exchange.statistics().running()).isEqualTo(AT_ONCE);
            assertThat(exchange.statistics().waiting()).isEqualTo(100);
            List<CompletableFuture<BearerToken>> refused = waiting.subList(AT_ONCE + 100, DEVICES);
            assertThat(refused).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(refused.get(0).handle((token, failure) -> failure).join())
                    .rootCause()
                    .isInstanceOfSatisfying(TokenExchangeException.class, busy -> {
                        assertThat(busy.reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
                        assertThat(busy.retryAfter()).isPresent();
                    });
            held.countDown();
            join(waiting.subList(0, AT_ONCE + 100));
            assertThat(server.questions()).hasSize(AT_ONCE + 100);
        }
    }

    @Test
    void aServerThatFailsIsAskedAgainByOneAndThenByAll() throws Exception {
        AtomicInteger status = new AtomicInteger(503);
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(
                        question -> status.get() == 200 ? fresh() : Answer.json(status.get(), ""))) {
            OAuthTokenExchange exchange = exchanges.open(settings(
                    Grant.TOKEN_EXCHANGE,
                    Exchanges.at(server.url("/token"), Duration.ofSeconds(60), AT_ONCE, DEVICES)));
            List<CompletableFuture<BearerToken>> inVain = all(exchange);
            CompletableFuture.allOf(inVain.toArray(CompletableFuture[]::new))
                    .handle((nothing, failure) -> failure)
                    .get(60, TimeUnit.SECONDS);
            assertThat(inVain).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(server.questions()).hasSizeLessThanOrEqualTo(AT_ONCE);
            int before = server.questions().size();

            exchanges.clock.advance(Duration.ofSeconds(1));
            List<CompletableFuture<BearerToken>> again = all(exchange);
            CompletableFuture.allOf(again.toArray(CompletableFuture[]::new))
                    .handle((nothing, failure) -> failure)
                    .get(60, TimeUnit.SECONDS);
            assertThat(server.questions()).hasSize(before + 1);

            status.set(200);
            exchanges.clock.advance(Duration.ofSeconds(2));
            join(all(exchange));
            assertThat(server.questions()).hasSize(before + 1 + DEVICES);
        }
    }

    @Test
    void aCachedTokenServesToItsEndThoughTheServerIsGone() throws Exception {
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(question -> fresh())) {
            OAuthTokenExchange exchange =
                    exchanges.open(settings(Grant.TOKEN_EXCHANGE, Exchanges.at(server.url("/token"))));
            BearerToken token = token(exchange, request("d1"));
            server.answer(question -> Answer.json(503, ""));
            exchanges.clock.advance(Duration.ofSeconds(299)); // renewal is due, and fails
            assertThat(token(exchange, request("d1"))).isSameAs(token);
            assertThat(token(exchange, request("d1"))).isSameAs(token);
            exchanges.clock.advance(Duration.ofSeconds(1));
            TokenExchangeException ended = Exchanges.failure(exchange, request("d1"));
            assertThat(ended.reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
            assertThat(ended.retryAfter()).isPresent();
        }
    }

    @Test
    void devicesOfWhichTheServerIsNotToldShareAToken() throws Exception {
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(question -> fresh())) {
            OAuthTokenExchange exchange =
                    exchanges.open(settings(Grant.CLIENT_CREDENTIALS, Exchanges.at(server.url("/token"))));
            join(all(exchange));
            assertThat(server.questions()).hasSize(1);
        }
    }

    @Test
    void aTokenIsNotUsedBeyondTheGrantAndNotReplacedOverAndOver() throws Exception {
        try (exchanges;
                FakeTokenServer server = new FakeTokenServer(question -> fresh())) {
            OAuthTokenExchange exchange =
                    exchanges.open(settings(Grant.TOKEN_EXCHANGE, Exchanges.at(server.url("/token"))));
            var grantEnd = exchanges.clock.instant().plusSeconds(30);
            var request = request("d1", grantEnd, Optional.empty());
            BearerToken token = token(exchange, request);
            assertThat(token.expiresAt()).isEqualTo(grantEnd);

            assertThat(exchange.replace(request, token)
                            .toCompletableFuture()
                            .handle((t, failure) -> failure)
                            .join())
                    .rootCause()
                    .isInstanceOfSatisfying(
                            TokenExchangeException.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.UPSTREAM_REJECTED_TOKEN));
            exchanges.clock.advance(Duration.ofSeconds(10));
            BearerToken other =
                    exchange.replace(request, token).toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(other.authorization()).isNotEqualTo(token.authorization());
            assertThat(server.questions()).hasSize(2);
        }
    }
}
