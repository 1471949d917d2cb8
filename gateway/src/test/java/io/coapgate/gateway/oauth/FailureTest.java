package io.coapgate.gateway.oauth;

import static io.coapgate.gateway.oauth.Exchanges.failure;
import static io.coapgate.gateway.oauth.Exchanges.request;
import static io.coapgate.gateway.oauth.Exchanges.settings;
import static io.coapgate.gateway.oauth.Exchanges.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.oauth.FakeTokenServer.Answer;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.upstream.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an OAuth server does: the operator can tell it apart, and nothing that is no good token gets through. */
class FailureTest {
    private static final String GOOD =
            FakeTokenServer.jwt("{\"aud\":\"https://backend.example\",\"exp\":1767225900}"); // in five minutes
    private static final Answer TOKEN = Answer.token(GOOD, ",\"expires_in\":300");

    private final Exchanges exchanges = new Exchanges();
    private final FakeTokenServer server;
    private final OAuthTokenExchange exchange;

    FailureTest() throws IOException {
        server = new FakeTokenServer(question -> TOKEN);
        exchange = exchanges.open(settings(Grant.TOKEN_EXCHANGE, Exchanges.at(server.url("/token"))));
    }

    @AfterEach
    void close() {
        exchanges.close();
        server.close();
    }

    private void assertInvalid(Answer answer, String detail) {
        server.answer(question -> answer);
        TokenExchangeException failure = failure(exchange, request("d1"));
        assertThat(failure.reason()).isEqualTo(Refusal.TOKEN_SERVER_RESPONSE_INVALID);
        assertThat(failure).hasMessageContaining(detail);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port + "/token");
        TokenExchangeException failure =
                failure(exchanges.open(settings(Grant.CLIENT_CREDENTIALS, Exchanges.at(nobody))), request("d1"));
        assertThat(failure.reason()).isEqualTo(Refusal.TOKEN_SERVER_UNREACHABLE);
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aServerThatDoesNotAnswerTimesOut() {
        CountDownLatch never = new CountDownLatch(1);
        server.answer(question -> {
            never.await();
            return TOKEN;
        });
        OAuthTokenExchange impatient = exchanges.open(
                settings(Grant.CLIENT_CREDENTIALS, Exchanges.at(server.url("/token"), Duration.ofMillis(300), 16, 16)));
        assertThat(failure(impatient, request("d1")).reason()).isEqualTo(Refusal.TOKEN_SERVER_TIMEOUT);
    }

    @Test
    void aConnectionThatBreaksOffIsTriedOnceMore() throws Exception {
        try (RawServer raw = RawServer.start(peer -> {
            peer.read();
            if (peer.number() > 1) {
                String body = TOKEN.body();
                peer.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                        + "\r\n\r\n" + body);
            }
        })) {
            URI url = raw.url().resolve("/token");
            assertThat(token(exchanges.open(settings(Grant.CLIENT_CREDENTIALS, Exchanges.at(url))), request("d1")))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void aServerThatCannotNowIsBusy(int status) {
        server.answer(question -> Answer.json(status, ""));
        assertThat(failure(exchange, request("d1")).reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "'Thu, 01 Jan 2026 00:02:00 GMT', 120", "99999999, 3600"})
    void aServerIsNotAskedAgainBeforeItWantsToBe(String retryAfter, int seconds) throws Exception {
        server.answer(question -> new Answer(429, Map.of("Retry-After", retryAfter), ""));
        assertThat(failure(exchange, request("d1")).retryAfter()).contains(Duration.ofSeconds(seconds));

        server.answer(question -> TOKEN);
        exchanges.clock.advance(Duration.ofSeconds(seconds - 1));
        TokenExchangeException still = failure(exchange, request("d2"));
        assertThat(still.reason()).isEqualTo(Refusal.TOKEN_SERVER_BUSY);
        assertThat(still.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(server.questions()).hasSize(1);

        exchanges.clock.advance(Duration.ofSeconds(1));
        server.answer(question ->
                Answer.token(FakeTokenServer.jwt("{\"aud\":\"https://backend.example\"}"), ",\"expires_in\":300"));
        assertThat(token(exchange, request("d2"))).isNotNull();
        assertThat(token(exchange, request("d1"))).isNotNull();
    }

    @Test
    void aNoIsTheDevicesOwnAndNotAskedForAgainSoSoon() {
        server.answer(question -> Answer.json(400, "{\"error\":\"invalid_scope\",\"error_description\":\"canary\"}"));
        TokenExchangeException failure = failure(exchange, request("d1"));
        assertThat(failure.reason()).isEqualTo(Refusal.TOKEN_SERVER_REFUSED);
        assertThat(failure).hasMessage("invalid_scope, status 400");
        failure(exchange, request("d1"));
        assertThat(server.questions()).hasSize(1);
        exchanges.clock.advance(Duration.ofSeconds(10));
        failure(exchange, request("d1"));
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void aClientThatIsUnknownIsUnknownForAll() {
        server.answer(question -> Answer.json(401, "{\"error\":\"invalid_client\"}"));
        OAuthTokenExchange perDevice =
                exchanges.open(settings(Grant.TOKEN_EXCHANGE, Exchanges.at(server.url("/token"))));
        assertThat(failure(perDevice, request("d1")).reason()).isEqualTo(Refusal.TOKEN_SERVER_REFUSED);
        assertThat(failure(perDevice, request("d2")).reason()).isEqualTo(Refusal.TOKEN_SERVER_REFUSED);
        assertThat(server.questions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "null",
                "{}",
                "{\"access_token\":7,\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\"}",
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":{}}"
            })
    void garbageIsNoToken(String body) {
        assertInvalid(Answer.json(200, body), "");
    }

    @Test
    void deepNestingIsNoToken() {
        assertInvalid(Answer.json(200, "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)), "");
    }

    @Test
    void whatIsNotCalledJsonIsNoToken() {
        assertInvalid(new Answer(200, Map.of("Content-Type", "text/plain"), TOKEN.body()), "");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() {
        assertInvalid(Answer.json(200, "{\"x\":\"" + "x".repeat(70_000) + "\"}"), "more than 65536 bytes");
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertInvalid(new Answer(307, Map.of("Location", server.url("/other").toString()), ""), "status 307");
        assertThat(server.questions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "mac", "N_A"})
    void anotherTypeOfTokenIsNotUsed(String type) {
        assertInvalid(
                Answer.json(
                        200, "{\"access_token\":\"" + GOOD + "\",\"token_type\":\"" + type + "\",\"expires_in\":300}"),
                "Bearer");
    }

    @Test
    void theTypeIsComparedWithoutRegardToCase() throws Exception {
        server.answer(question ->
                Answer.json(200, "{\"access_token\":\"" + GOOD + "\",\"token_type\":\"bearer\",\"expires_in\":300}"));
        assertThat(token(exchange, request("d1")).authorization()).isEqualTo("Bearer " + GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"aud\":\"https://other.example\"}", "{}", "{\"aud\":[]}", "{\"aud\":7}"})
    void aTokenForAnotherAudienceIsNotUsed(String claims) {
        assertInvalid(Answer.token(FakeTokenServer.jwt(claims), ",\"expires_in\":300"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1767225600 | 300", "1767225599 | 300", "1767229200 | -5"})
    void anExpiredTokenIsNotUsed(long exp, int expiresIn) {
        String token = FakeTokenServer.jwt("{\"aud\":\"https://backend.example\",\"exp\":" + exp + "}");
        String answer = expiresIn < 0 ? "" : ",\"expires_in\":" + expiresIn;
        if (expiresIn < 0) {
            exchanges.clock.advance(Duration.ofHours(1));
        }
        assertInvalid(Answer.token(token, answer), "expired");
    }

    @Test
    void aTokenThatNeverEndsIsNotUsed() {
        assertInvalid(Answer.token(FakeTokenServer.jwt("{\"aud\":\"https://backend.example\"}"), ""), "when it ends");
    }

    @Test
    void theEarlierEndCounts() throws Exception {
        server.answer(question -> Answer.token(GOOD, ",\"expires_in\":60"));
        assertThat(token(exchange, request("d1")).expiresAt())
                .isEqualTo(exchanges.clock.instant().plusSeconds(60));
    }

    @Test
    void noTokenIsUsedForLongerThanADay() throws Exception {
        server.answer(question -> Answer.token(
                FakeTokenServer.jwt("{\"aud\":[\"a\",\"https://backend.example\"],\"exp\":9007199254740991}"),
                ",\"expires_in\":9007199254740991"));
        assertThat(token(exchange, request("d1")).expiresAt())
                .isEqualTo(exchanges.clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void anOpaqueTokenIsNotUsedUnlessThatIsAllowed() throws Exception {
        assertInvalid(Answer.token("0123456789", ",\"expires_in\":300"), "no signed JWT");
        OAuthTokenExchange lenient = exchanges.open(new OAuthSettings(
                Exchanges.CORPORATE,
                Grant.CLIENT_CREDENTIALS,
                Exchanges.at(server.url("/token")),
                Exchanges.basic(),
                Exchanges.PLAIN,
                new AnswerSettings(Map.of(), true)));
        assertThat(token(lenient, request("d1")).authorization()).isEqualTo("Bearer 0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\\r\\nx-evil: 1", "\\u00e9", "a\\u0000"})
    void aTokenThatCouldEndItsHeaderIsNotUsed(String token) {
        assertInvalid(Answer.token(token, ",\"expires_in\":300"), "");
    }

    @Test
    void aTokenThatNoHeaderHoldsIsNotUsed() {
        assertInvalid(Answer.token("a".repeat(8001), ",\"expires_in\":300"), "too long");
    }

    @Test
    void whatWentWrongIsCounted() {
        server.answer(question -> Answer.json(503, ""));
        failure(exchange, request("d1"));
        ExchangeStatistics counted = exchange.statistics();
        assertThat(counted.failures())
                .containsEntry(Refusal.TOKEN_SERVER_BUSY, 1L)
                .containsEntry(Refusal.TOKEN_SERVER_REFUSED, 0L);
        assertThat(counted.issued()).isZero();
        assertThat(counted.running()).isZero();
    }
}
