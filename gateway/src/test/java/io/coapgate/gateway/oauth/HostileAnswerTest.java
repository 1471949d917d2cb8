package io.coapgate.gateway.oauth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an OAuth server, or what poses as one, can put into an answer: it is refused in order, or a good token. */
class HostileAnswerTest {
    private static final int MUTANTS = 30_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final URI ISSUER = URI.create("https://idp.example");
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\",
            "\\u0000",
            "null",
            "-1",
            "1e999",
            "9007199254740993",
            "\u00e9",
            "\n",
            "");

    private final AnswerReader answers = new AnswerReader(new AnswerSettings(Map.of(), true), true);

    private static UpstreamResponse response(int status, byte[] body) {
        return new UpstreamResponse(status, Map.of("content-type", "application/json"), body);
    }

    private static byte[] mutant(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutant.length());
            int end = Math.min(mutant.length(), at + random.nextInt(4));
            mutant.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        return mutant.toString().getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
    }

    @Test
    void everyMutantOfATokenResponseIsRefusedOrAGoodToken() {
        String good = "{\"access_token\":\""
                + FakeTokenServer.jwt("{\"aud\":[\"a\",\"https://backend.example\"],\"exp\":1767225900}")
                + "\",\"token_type\":\"Bearer\",\"expires_in\":300,\"scope\":\"a b\",\"issued_token_type\":"
                + "\"urn:ietf:params:oauth:token-type:access_token\",\"refresh_token\":\"r\"}";
        Random random = new Random(20261125);
        int taken = 0;
        for (int i = 0; i < MUTANTS; i++) {
            try {
                BearerToken token = answers.token(response(200, mutant(good, random)), Exchanges.BACKEND, NOW, NOW);
                assertThat(token.authorization()).matches("Bearer [A-Za-z0-9._~+/-]+=*");
                assertThat(token.expiresAt()).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(TokenCheck.MAX_USE));
                taken++;
            } catch (FailedAsk e) {
                assertThat(e.failure().detail()).matches("[ -~§]{1,120}");
            }
        }
        assertThat(taken).isBetween(1, MUTANTS - 1);
    }

    @Test
    void everyMutantOfAnErrorIsRefusedInPrintableWords() {
        String good =
                "{\"error\":\"invalid_grant\",\"error_description\":\"canary\",\"error_uri\":\"https://a.example\"}";
        Random random = new Random(7523);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutant(good, random);
            assertThatThrownBy(() -> answers.token(response(400, mutant), Exchanges.BACKEND, NOW, NOW))
                    .isInstanceOfSatisfying(
                            FailedAsk.class,
                            e -> assertThat(e.failure().detail())
                                    .matches("[A-Za-z0-9_.:-]{1,64}, status 400|no error code, status 400"));
        }
    }

    @Test
    void everyMutantOfMetadataIsRefusedOrOfTheIssuerWithASafeEndpoint() {
        String good = "{\"issuer\":\"https://idp.example\",\"token_endpoint\":\"https://idp.example/token\","
                + "\"mtls_endpoint_aliases\":{\"token_endpoint\":\"https://mtls.example/token\"},"
                + "\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"],\"jwks_uri\":\"https://idp.example/jwks\"}";
        Random random = new Random(8414);
        for (boolean certificate : new boolean[] {false, true}) {
            MetadataReader reader = new MetadataReader(ISSUER, Optional.empty(), certificate);
            for (int i = 0; i < MUTANTS / 2; i++) {
                try {
                    Endpoint endpoint = reader.endpoint(response(200, mutant(good, random)), NOW);
                    assertThat(endpoint.url().getScheme()).isEqualToIgnoringCase("https");
                    assertThat(endpoint.url().getHost()).isNotEmpty();
                    assertThat(endpoint.audience()).isEqualTo("https://idp.example");
                } catch (FailedAsk e) {
                    assertThat(e.failure().detail()).startsWith("the server's metadata: ");
                }
            }
        }
    }

    /** On a stack that is smaller than any thread's. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000, 30_000})
    void bombsOfNestingAreRefused(int depth) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread small = new Thread(null, () -> explode(depth), "small", 256 * 1024);
        small.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        small.start();
        small.join();
        assertThat(thrown).hasNullValue();
    }

    private void explode(int depth) {
        String bomb = "[".repeat(depth) + "]".repeat(depth);
        byte[] body =
                ("{\"error\":" + bomb + ",\"access_token\":" + bomb + ",\"issuer\":" + bomb + "}").getBytes(UTF_8);
        for (int status : new int[] {200, 400}) {
            assertThatThrownBy(() -> answers.token(response(status, body), Exchanges.BACKEND, NOW, NOW))
                    .isInstanceOf(FailedAsk.class);
        }
        assertThatThrownBy(() -> new MetadataReader(ISSUER, Optional.empty(), false).endpoint(response(200, body), NOW))
                .isInstanceOf(FailedAsk.class);
        String token = FakeTokenServer.jwt("{\"aud\":\"https://backend.example\",\"x\":" + bomb + "}");
        assertThat(IssuedJwt.of(token).map(IssuedJwt::audience).orElse(List.of("https://backend.example")))
                .containsExactly("https://backend.example");
    }
}
