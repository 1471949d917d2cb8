package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtInspectionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final String CANARY = "U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVU";

    private final JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());

    @Test
    void showsAllThreePartsOfASoundToken() throws Exception {
        JwtInspection seen = JwtInspection.of(key.sign(claims())).orElseThrow();
        assertThat(seen.header().orElseThrow()).containsEntry("alg", "ES256").containsEntry("typ", "at+jwt");
        assertThat(seen.claims().orElseThrow()).containsEntry("sub", "sensor-7");
        assertThat(seen.partSize(2)).isEqualTo(64);
        assertThat(reasons(key.sign(claims()))).isEmpty();
        assertThat(seen.signatureRefusal(key.publicJwk().key())).isEmpty();
    }

    @Test
    void tellsAWrongKeyFromAWrongAlgorithm() throws Exception {
        JwtInspection seen = JwtInspection.of(key.sign(claims())).orElseThrow();
        JwtSigningKey other = JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom());
        JwtSigningKey edwards = JwtSigningKey.generate(JwtAlgorithm.EDDSA, new SecureRandom());
        assertThat(seen.signatureRefusal(other.publicJwk().key()))
                .map(JwtRefusal::reason)
                .contains(Reason.BAD_SIGNATURE);
        assertThat(seen.signatureRefusal(edwards.publicJwk().key()))
                .map(JwtRefusal::reason)
                .contains(Reason.ALGORITHM_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "eyJh.b", "eyJh.b.c.d.e", "eyJ h.b.c", "d28443a10126"})
    void isEmptyForAnythingElse(String text) {
        assertThat(JwtInspection.of(text)).isEmpty();
    }

    @Test
    void findsEveryReasonAtOnce() {
        String token = part("{\"alg\":\"none\",\"typ\":\"JWT\",\"crit\":[\"x\"]}")
                + "."
                + part("{\"iss\":5,\"aud\":[1],\"exp\":1,\"iat\":99999999999,\"nbf\":\"x\"}")
                + ".";
        assertThat(reasons(token))
                .containsExactlyInAnyOrder(
                        Reason.CRITICAL_EXTENSION,
                        Reason.UNSUPPORTED_ALGORITHM,
                        Reason.WRONG_TYPE,
                        Reason.UNKNOWN_KEY,
                        Reason.MALFORMED,
                        Reason.MISSING_CLAIM,
                        Reason.EXPIRED,
                        Reason.NOT_YET_VALID);
    }

    @Test
    void goesOnIfOnePartIsBroken() {
        String broken = part("{\"alg\":\"ES256\",\"alg\":\"ES256\"}") + "." + part("{\"exp\":1}") + ".A";
        JwtInspection seen = JwtInspection.of(broken).orElseThrow();
        assertThat(seen.header()).isEmpty();
        assertThat(seen.claims().orElseThrow()).containsKey("exp");
        assertThat(reasons(broken)).contains(Reason.MALFORMED, Reason.EXPIRED);
    }

    @Test
    void showsNoSecretPartOfAKey() {
        String jwk = "{\"kty\":\"oct\",\"k\":\"" + CANARY + "\"}";
        String withoutType = "{\"d\":\"" + CANARY + "\"}";
        String token = part("{\"alg\":\"ES256\",\"jwk\":" + withoutType + "}")
                + "."
                + part("{\"cnf\":{\"jwk\":" + jwk + "},\"keys\":[" + jwk + "],\"d\":\"public\"}")
                + ".";
        JwtInspection seen = JwtInspection.of(token).orElseThrow();
        assertThat(seen.header() + " " + seen.claims())
                .doesNotContain(CANARY)
                .contains("d=public", "k=«secret, not shown»", "d=«secret, not shown»");
        assertThat(seen.confirmationThumbprint()).isPresent();
    }

    @Test
    void givesNoThumbprintOfASecretThatCouldBeGuessed() {
        String token = part("{\"alg\":\"ES256\"}") + "."
                + part("{\"cnf\":{\"jwk\":{\"kty\":\"oct\",\"k\":\"cGFzc3dvcmQ\"}}}") + ".";
        assertThat(JwtInspection.of(token).orElseThrow().confirmationThumbprint())
                .isEmpty();
    }

    /** The verifier stops at its first reason: whatever that is, it is found; and without one there is none. */
    @Test
    void agreesWithTheVerifier() {
        JwtVerifier verifier = new JwtVerifier(
                () -> JwkSet.of(List.of(key)),
                new JwtPolicy("https://gw", "https://rs", LEEWAY),
                Clock.fixed(NOW, ZoneOffset.UTC));
        Random random = new Random(7519);
        for (int i = 0; i < 1_000; i++) {
            String token = key.sign(changed(random));
            Set<Reason> found = reasons(token);
            verdict(verifier, token)
                    .ifPresentOrElse(
                            reason -> assertThat(found).contains(reason),
                            () -> assertThat(found).isEmpty());
        }
    }

    private static Optional<Reason> verdict(JwtVerifier verifier, String token) {
        try {
            verifier.verify(token);
            return Optional.empty();
        } catch (InvalidJwtException e) {
            return Optional.of(e.reason());
        }
    }

    private static Set<Reason> reasons(String token) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        JwtInspection.of(token)
                .orElseThrow()
                .trial()
                .refusals(Optional.of("https://rs"), LEEWAY, NOW)
                .forEach(refusal -> reasons.add(refusal.reason()));
        return reasons;
    }

    private static Map<String, Object> changed(Random random) {
        Map<String, Object> claims = claims();
        String name = List.copyOf(claims.keySet()).get(random.nextInt(claims.size()));
        switch (random.nextInt(4)) {
            case 0 -> claims.remove(name);
            case 1 -> claims.put(name, true);
            case 2 -> claims.put("aud", List.of("https://other"));
            default -> {
                claims.put("exp", NOW.plusSeconds(random.nextInt(100) - 60));
                claims.put("nbf", NOW.plusSeconds(random.nextInt(100) - 30));
            }
        }
        return claims;
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://gw");
        claims.put("sub", "sensor-7");
        claims.put("aud", "https://rs");
        claims.put("client_id", "sensor-7");
        claims.put("jti", "1");
        claims.put("exp", NOW.plusSeconds(300));
        claims.put("iat", NOW);
        return claims;
    }

    private static String part(String json) {
        return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
    }
}
