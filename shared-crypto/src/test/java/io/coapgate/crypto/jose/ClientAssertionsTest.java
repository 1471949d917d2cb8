package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7523 §3. */
class ClientAssertionsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ISSUER = "https://gateway.example";

    private final JwtSigningKey key = plain(JwtSigningKey.generate(JwtAlgorithm.EDDSA, RANDOM));
    private final ClientAssertions assertions =
            new ClientAssertions(Set.of(ISSUER, ISSUER + "/oauth2/token"), Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA"})
    void saysWhoTheClientIsAndByWhichKey(JwtAlgorithm algorithm) throws Exception {
        JwtSigningKey own = plain(JwtSigningKey.generate(algorithm, RANDOM));

        ClientAssertions.Verified client =
                assertions.verify(own.sign(claims()), name -> List.of(publicKey(key), publicKey(own)));

        assertThat(client.client()).isEqualTo("gauge-1");
        assertThat(client.id()).isEqualTo("a-1");
        assertThat(client.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(client.key()).isEqualTo(publicKey(own));
    }

    @Nested
    class Audience {

        @Test
        void mayBeOneOfSeveral() throws Exception {
            assertThat(verify(with("aud", List.of("https://other.example", ISSUER + "/oauth2/token"))))
                    .isNotNull();
        }

        @Test
        void mustBeThisServer() {
            refuses(Reason.WRONG_AUDIENCE, with("aud", "https://other.example"));
            refuses(Reason.WRONG_AUDIENCE, with("aud", List.of()));
            refuses(Reason.WRONG_AUDIENCE, with("aud", 5));
            refuses(Reason.WRONG_AUDIENCE, without("aud"));
        }
    }

    @Nested
    class Names {

        @Test
        void theClientSpeaksForItself() {
            refuses(Reason.WRONG_ISSUER, with("iss", "gauge-2"));
            refuses(Reason.MISSING_CLAIM, without("iss"));
            refuses(Reason.MISSING_CLAIM, without("sub"));
        }

        @Test
        void whoIsNotKnownHasNoKey() {
            refuses(Reason.UNKNOWN_KEY, with("sub", "gauge-2"));
        }

        @Test
        void anAssertionHasAnIdentifierOfAtMost128Characters() throws Exception {
            assertThat(verify(with("jti", "j".repeat(128)))).isNotNull();
            refuses(Reason.MALFORMED, with("jti", "j".repeat(129)));
            refuses(Reason.MALFORMED, with("jti", ""));
            refuses(Reason.MISSING_CLAIM, without("jti"));
        }
    }

    @Nested
    class Times {

        @Test
        void oneThatEndsNowIsOver() throws Exception {
            assertThat(verify(with("exp", at(1)))).isNotNull();
            refuses(Reason.EXPIRED, with("exp", at(0)));
        }

        @Test
        void noneLivesForMoreThanTenMinutes() throws Exception {
            assertThat(verify(with("exp", at(600)))).isNotNull();
            refuses(Reason.NOT_YET_VALID, with("exp", at(601)));
            refuses(Reason.MISSING_CLAIM, without("exp"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"nbf", "iat"})
        void oneOfTheFutureIsNotValidYet(String claim) throws Exception {
            assertThat(verify(with(claim, at(30)))).isNotNull();
            refuses(Reason.NOT_YET_VALID, with(claim, at(31)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"exp", "nbf", "iat"})
        void aTimeIsANumber(String claim) {
            refuses(Reason.MALFORMED, with(claim, "tomorrow"));
        }
    }

    @Nested
    class Signature {

        @Test
        void mustBeTheClients() {
            JwtSigningKey other = plain(JwtSigningKey.generate(JwtAlgorithm.EDDSA, RANDOM));
            refuses(Reason.BAD_SIGNATURE, other.sign(claims()));
        }

        @Test
        void mustBeByTheAlgorithmOfTheKey() {
            JwtSigningKey other = plain(JwtSigningKey.generate(JwtAlgorithm.ES256, RANDOM));
            refuses(Reason.BAD_SIGNATURE, other.sign(claims()));
        }

        @Test
        void noneIsNoAlgorithm() {
            refuses(
                    Reason.UNSUPPORTED_ALGORITHM,
                    "eyJhbGciOiJub25lIn0." + key.sign(claims()).split("\\.", -1)[1] + ".AA");
        }

        @Test
        void anAccessTokenOfTheSameKeyIsNone() {
            refuses(Reason.WRONG_TYPE, key.withHeader(Map.of("typ", "at+jwt")).sign(claims()));
        }

        @Test
        void nothingCriticalIsUnderstood() {
            refuses(
                    Reason.CRITICAL_EXTENSION,
                    key.withHeader(Map.of("crit", "b64")).sign(claims()));
        }

        @Test
        void moreThan8KibIsNotLookedAt() {
            refuses(Reason.TOO_LARGE, "a".repeat(8 * 1024 + 1));
            refuses(Reason.MALFORMED, "a".repeat(8 * 1024));
        }
    }

    private ClientAssertions.Verified verify(Map<String, Object> claims) throws InvalidJwtException {
        return assertions.verify(key.sign(claims), this::keysOf);
    }

    private List<PublicKey> keysOf(String client) {
        return client.equals("gauge-1") ? List.of(publicKey(key)) : List.of();
    }

    private void refuses(Reason reason, Map<String, Object> claims) {
        refuses(reason, key.sign(claims));
    }

    private void refuses(Reason reason, String assertion) {
        assertThatThrownBy(() -> assertions.verify(assertion, this::keysOf))
                .isInstanceOfSatisfying(
                        InvalidJwtException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static long at(int seconds) {
        return NOW.plusSeconds(seconds).getEpochSecond();
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "gauge-1");
        claims.put("sub", "gauge-1");
        claims.put("aud", ISSUER);
        claims.put("exp", at(60));
        claims.put("jti", "a-1");
        return claims;
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private static Map<String, Object> without(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        return claims;
    }

    private static JwtSigningKey plain(JwtSigningKey key) {
        return key.withHeader(Map.of("typ", "JWT"));
    }

    private static PublicKey publicKey(JwtSigningKey key) {
        try {
            return Pem.keyPair(key.toPem()).getPublic();
        } catch (KeyFormatException e) {
            throw new AssertionError(e);
        }
    }
}
