package io.coapgate.simulator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtPolicy;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.simulator.upstream.ResourceServerSettings.TokenTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceServerTest {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String ISSUER = "https://gateway.example";
    private static final String AUDIENCE = "https://backend.example";
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock(START);
    private final JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
    private final AtomicInteger fetches = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile List<JwtSigningKey> published = List.of(key);
    private HttpServer keys;
    private ResourceServer server;

    @BeforeEach
    void start() throws IOException {
        keys = HttpServer.create(ANYWHERE, 0);
        keys.createContext("/jwks.json", exchange -> {
            fetches.incrementAndGet();
            byte[] body = JwkSet.of(published).toJson().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        server = start(ResourceServerSettings.OK);
    }

    private ResourceServer start(int status) throws IOException {
        URI location = URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks.json");
        return ResourceServer.start(
                new ResourceServerSettings(
                        ANYWHERE,
                        Optional.of(new TokenTrust(
                                () -> location, new JwtPolicy(ISSUER, AUDIENCE, Duration.ofSeconds(5)), INTERVAL)),
                        Map.of("GET", "t:read", "POST", "t:write"),
                        status),
                clock);
    }

    @AfterEach
    void stop() {
        server.close();
        keys.stop(0);
    }

    @Nested
    class Accepts {
        @Test
        void aJwtThatTheIssuersPublishedKeysVerify() throws Exception {
            HttpResponse<String> response = post(jwt(Map.of()));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"verdict\":\"accepted\"", "\"sub\":\"meter-1\"", "\"bytes\":5");
            assertThat(server.accepted()).isEqualTo(1);
        }

        @Test
        void andKeepsWhatItGot() throws Exception {
            String token = jwt(Map.of());
            post(token);
            ReceivedRequest last = server.lastRequest().orElseThrow();
            assertThat(last.method()).isEqualTo("POST");
            assertThat(last.uri()).isEqualTo("/telemetry?x=1");
            assertThat(last.header("X-Test")).contains("yes");
            assertThat(last.body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(last.bearerToken()).contains(token);
            assertThat(last.jwt().orElseThrow().subject()).isEqualTo("meter-1");
            assertThat(last.toString()).doesNotContain(token);
        }

        @Test
        void with204AndNothingElseIfToldSo() throws Exception {
            server.close();
            server = start(ResourceServerSettings.NO_CONTENT);
            HttpResponse<String> response = post(jwt(Map.of()));
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
        }

        @Test
        void anythingWhereNobodyIsToLook() throws Exception {
            server.close();
            server = ResourceServer.start(ResourceServerSettings.unverified(ANYWHERE), clock);
            assertThat(post("nonsense").statusCode()).isEqualTo(204);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Nested
    class Refuses {
        @Test
        void aRequestWithoutTokenAndGivesNoErrorCode() throws Exception {
            HttpResponse<String> response = send(request().POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(challenge(response)).isEqualTo("Bearer realm=\"" + AUDIENCE + "\""); // RFC 6750 §3.1
        }

        @ParameterizedTest
        @CsvSource({
            "iss, https://other.example, wrong_issuer",
            "aud, https://other.example, wrong_audience",
        })
        void aJwtOfOthersOrForOthers(String claim, String value, String reason) throws Exception {
            assertRefused(post(jwt(Map.of(claim, value))), reason);
        }

        @Test
        void aJwtThatExpiresWithTheLeewayNow() throws Exception {
            assertRefused(post(jwt(Map.of("exp", START.minusSeconds(5)))), "expired");
            assertThat(post(jwt(Map.of("exp", START.minusSeconds(4)))).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void aJwtThatWasAcceptedOnceAndHasExpiredSince() throws Exception {
            String token = jwt(Map.of());
            assertThat(post(token).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(5).plusSeconds(5));
            assertRefused(post(token), "expired");
        }

        @Test
        void aJwtThatIsNotValidYet() throws Exception {
            assertRefused(post(jwt(Map.of("nbf", START.plusSeconds(60)))), "not_yet_valid");
        }

        @Test
        void aJwtWithAnotherPartChanged() throws Exception {
            String[] parts = jwt(Map.of()).split("\\.", -1);
            String[] others = jwt(Map.of("sub", "meter-2")).split("\\.", -1);
            assertRefused(post(parts[0] + '.' + others[1] + '.' + parts[2]), "bad_signature");
        }

        @Test
        void aJwtWithAMissingClaim() throws Exception {
            Map<String, Object> claims = claims(Map.of());
            claims.remove("jti");
            assertRefused(post(key.sign(claims)), "missing_claim");
        }

        @Test
        void whatIsNoJwt() throws Exception {
            assertRefused(post("abc"), "malformed");
        }

        @Test
        void aScopeThatDoesNotSuffice() throws Exception {
            HttpResponse<String> response = post(jwt(Map.of("scope", "t:read")));
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(challenge(response)).contains("error=\"insufficient_scope\"");
        }

        @Test
        void aMethodThatNobodyMayUse() throws Exception {
            HttpResponse<String> response = send(
                    request().header("Authorization", "Bearer " + jwt(Map.of())).DELETE());
            assertThat(response.statusCode()).isEqualTo(405);
        }

        @Test
        void aBodyWithoutEnd() throws Exception {
            HttpResponse<String> response = send(request()
                    .header("Authorization", "Bearer " + jwt(Map.of()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1])));
            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @Nested
    class FetchesKeys {
        @Test
        void onceForManyRequests() throws Exception {
            for (int i = 0; i < 3; i++) {
                assertThat(post(jwt(Map.of("jti", "t" + i))).statusCode()).isEqualTo(200);
            }
            assertThat(fetches).hasValue(1);
        }

        @Test
        void againWhenTheyWereRotated() throws Exception {
            post(jwt(Map.of()));
            JwtSigningKey next = JwtSigningKey.generate(JwtAlgorithm.EDDSA, new SecureRandom());
            published = List.of(key, next);
            clock.advance(INTERVAL);
            assertThat(post(next.sign(claims(Map.of("exp", clock.instant().plusSeconds(60)))))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fetches).hasValue(2);
        }

        @Test
        void notAgainForUnknownKeysWithinTheInterval() throws Exception {
            post(jwt(Map.of()));
            JwtSigningKey unknown = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
            for (int i = 0; i < 3; i++) {
                assertRefused(post(unknown.sign(claims(Map.of()))), "unknown_key");
            }
            assertThat(fetches).hasValue(1);
        }

        @Test
        void andIsUnavailableWithoutAny() throws Exception {
            keys.stop(0);
            HttpResponse<String> response = post(jwt(Map.of()));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        }
    }

    private void assertRefused(HttpResponse<String> response, String reason) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"", "error_description=\"" + reason + "\"");
        assertThat(response.body()).contains("refused");
        assertThat(server.lastRequest().orElseThrow().jwt()).isEmpty();
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private String jwt(Map<String, Object> changes) {
        return key.sign(claims(changes));
    }

    private Map<String, Object> claims(Map<String, Object> changes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "meter-1");
        claims.put("aud", AUDIENCE);
        claims.put("client_id", "meter-1");
        claims.put("jti", "token-1");
        claims.put("scope", "t:read t:write");
        claims.put("iat", START.minusSeconds(60));
        claims.put("exp", START.plus(Duration.ofMinutes(5)));
        claims.putAll(changes);
        return claims;
    }

    private HttpResponse<String> post(String token) throws Exception {
        return send(request()
                .header("Authorization", "Bearer " + token)
                .header("X-Test", "yes")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/telemetry?x=1"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
