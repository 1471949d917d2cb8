package io.coapgate.crypto.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import io.coapgate.crypto.key.KeyFormatException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final JwtPolicy POLICY =
            new JwtPolicy("https://gateway.example", "https://api.example", Duration.ofSeconds(30));

    private final KeyPair pair = JwtAlgorithm.EDDSA.generateKeyPair(RANDOM);
    private final PublicJwk jwk = publicJwk(pair);
    private final JwtVerifier verifier = verifier(set(jwk));

    @ParameterizedTest
    @EnumSource
    void acceptsTheGatewaysOwnTokens(JwtAlgorithm algorithm) throws InvalidJwtException {
        JwtSigningKey key = JwtSigningKey.generate(algorithm, RANDOM);

        VerifiedJwt jwt = verifier(JwkSet.of(List.of(key))).verify(key.sign(claims()));

        assertThat(jwt.keyId()).isEqualTo(key.keyId());
        assertThat(jwt.issuer()).isEqualTo("https://gateway.example");
        assertThat(jwt.subject()).isEqualTo("device-1");
        assertThat(jwt.audience()).containsExactly("https://api.example");
        assertThat(jwt.clientId()).isEqualTo("device-1");
        assertThat(jwt.tokenId()).isEqualTo("t-1");
        assertThat(jwt.scope()).containsExactly("telemetry:write", "config:read");
        assertThat(jwt.expiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(jwt.issuedAt()).isEqualTo(NOW);
        assertThat(jwt.text("tenant")).contains("acme");
        assertThat(jwt.text("exp")).isEmpty();
        assertThat(jwt.claims()).containsEntry("tenant", "acme").isUnmodifiable();
        assertThat(jwt).hasToString("VerifiedJwt[sub=device-1, jti=t-1]");
    }

    @Test
    void aTokenWithoutScopeGrantsNone() throws InvalidJwtException {
        assertThat(verifier.verify(signed(without("scope"))).scope()).isEmpty();
        assertThat(verifier.verify(signed(with("scope", " "))).scope()).isEmpty();
    }

    @Nested
    class Header {
        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
        void acceptsTheAccessTokenType(String type) throws InvalidJwtException {
            assertThat(verifier.verify(signed(header("typ", type), claims())).subject())
                    .isEqualTo("device-1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "", "logout+jwt", "at+jwt "})
        void refusesOtherTypes(String type) {
            assertRefused(signed(header("typ", type), claims()), Reason.WRONG_TYPE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"typ", "kid", "alg"})
        void refusesAHeaderWithout(String name) {
            Map<String, Object> header = header();
            header.remove(name);

            assertRefused(
                    signed(header, claims()),
                    name.equals("typ")
                            ? Reason.WRONG_TYPE
                            : name.equals("kid") ? Reason.UNKNOWN_KEY : Reason.UNSUPPORTED_ALGORITHM);
        }

        @Test
        void refusesAnyCriticalExtension() {
            assertRefused(signed(header("crit", List.of("b64")), claims()), Reason.CRITICAL_EXTENSION);
            assertRefused(signed(header("crit", List.of("exp")), claims()), Reason.CRITICAL_EXTENSION);
            assertRefused(signed(header("crit", List.of()), claims()), Reason.CRITICAL_EXTENSION);
        }

        @Test
        void refusesUnsignedTokens() {
            String unsigned = segment(header("alg", "none")) + '.' + segment(claims()) + '.';

            assertRefused(unsigned, Reason.UNSUPPORTED_ALGORITHM);
        }

        @Test
        void refusesAnHmacUnderThePublishedKey() throws GeneralSecurityException {
            String input = segment(header("alg", "HS256")) + '.' + segment(claims());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));

            assertRefused(
                    input + '.' + Base64Url.encode(mac.doFinal(input.getBytes(US_ASCII))),
                    Reason.UNSUPPORTED_ALGORITHM);
        }

        @Test
        void refusesAnAlgorithmThatIsNotTheKeys() {
            assertRefused(signed(header("alg", "ES256"), claims()), Reason.ALGORITHM_MISMATCH);
        }

        @Test
        void acceptsTheNewerNameOfTheSameAlgorithm() throws InvalidJwtException {
            assertThat(verifier.verify(signed(header("alg", "Ed25519"), claims()))
                            .keyId())
                    .isEqualTo(jwk.keyId());
        }

        @Test
        void refusesAKeyItDoesNotKnow() {
            assertRefused(signed(header("kid", "other"), claims()), Reason.UNKNOWN_KEY);
        }

        @Test
        void usesNoKeyThatTheTokenBrings() throws KeyFormatException, GeneralSecurityException {
            KeyPair attacker = JwtAlgorithm.EDDSA.generateKeyPair(RANDOM);
            Map<String, Object> header =
                    header("jwk", PublicJwk.of(attacker.getPublic()).members());

            assertRefused(signed(attacker, header, claims()), Reason.BAD_SIGNATURE);
        }

        @Test
        void usesNoOtherKeyOfTheSet() throws GeneralSecurityException {
            KeyPair other = JwtAlgorithm.EDDSA.generateKeyPair(RANDOM);
            JwtVerifier ofTwo = verifier(set(jwk, publicJwk(other)));

            assertThat(refusal(ofTwo, signed(other, header(), claims()))).isEqualTo(Reason.BAD_SIGNATURE);
        }
    }

    @Nested
    class Form {
        @Test
        void refusesEveryChangedCharacter() {
            String token = signed(claims());
            for (int i = 0; i < token.length(); i++) {
                char changed = token.charAt(i) == 'A' ? 'B' : 'A';

                assertThat(refusal(verifier, token.substring(0, i) + changed + token.substring(i + 1)))
                        .as("position %d", i)
                        .isNotNull();
            }
        }

        @Test
        void refusesEveryTruncation() {
            String token = signed(claims());
            for (int i = 0; i < token.length(); i++) {
                assertThat(refusal(verifier, token.substring(0, i)))
                        .as("length %d", i)
                        .isNotNull();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30.e30", "null", "bnVsbA.bnVsbA.AA"})
        void refusesWhatIsNoJwt(String text) {
            assertThat(refusal(verifier, text)).isIn(Reason.MALFORMED, Reason.UNSUPPORTED_ALGORITHM);
        }

        @Test
        void refusesWhitespacePaddingAndASecondSignature() {
            String token = signed(claims());

            assertRefused(token + "=", Reason.MALFORMED);
            assertRefused(token + "\n", Reason.MALFORMED);
            assertRefused(" " + token, Reason.MALFORMED);
            assertRefused(token + ".AA", Reason.MALFORMED);
        }

        @Test
        void refusesDuplicateClaims() {
            assertRefused(signedText("{\"sub\":\"a\",\"sub\":\"b\"}".getBytes(UTF_8)), Reason.MALFORMED);
        }

        @Test
        void refusesClaimsThatAreNotUtf8() {
            assertRefused(signedText(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}), Reason.MALFORMED);
        }

        @Test
        void refusesATokenThatIsTooLong() {
            assertRefused(signed(with("x", "y".repeat(JwtVerifier.MAX_TOKEN_LENGTH))), Reason.TOO_LARGE);
        }
    }

    @Nested
    class Claims {
        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "aud", "client_id", "jti", "exp", "iat"})
        void refusesATokenWithoutARequiredClaim(String name) {
            assertRefused(signed(without(name)), Reason.MISSING_CLAIM);
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "aud", "client_id", "jti", "exp", "iat", "nbf"})
        void refusesAClaimOfTheWrongType(String name) {
            assertRefused(signed(with(name, true)), Reason.MALFORMED);
        }

        @Test
        void refusesAnotherIssuer() {
            assertRefused(signed(with("iss", "https://gateway.example/")), Reason.WRONG_ISSUER);
        }

        @Test
        void refusesAnotherAudience() {
            assertRefused(signed(with("aud", "https://api.example.org")), Reason.WRONG_AUDIENCE);
            assertRefused(signed(with("aud", List.of())), Reason.WRONG_AUDIENCE);
            assertRefused(signed(with("aud", List.of("https://api.example", 7))), Reason.MALFORMED);
        }

        @Test
        void acceptsItsAudienceAmongOthers() throws InvalidJwtException {
            assertThat(verifier.verify(signed(with("aud", List.of("https://other.example", "https://api.example"))))
                            .audience())
                    .hasSize(2);
        }

        @Test
        void refusesTheVerySecondOfExpiry() {
            assertRefused(signed(with("exp", SECOND - 30)), Reason.EXPIRED);
        }

        @Test
        void acceptsTheSecondBeforeExpiry() throws InvalidJwtException {
            assertThat(verifier.verify(signed(with("exp", SECOND - 29))).expiresAt())
                    .isEqualTo(NOW.minusSeconds(29));
        }

        @Test
        void aFractionOfASecondDoesNotProlongAToken() {
            assertRefused(signed(with("exp", SECOND - 30 + 0.9)), Reason.EXPIRED);
        }

        @Test
        void acceptsTheVerySecondOfItsStart() throws InvalidJwtException {
            assertThat(verifier.verify(signed(with("nbf", SECOND + 30))).subject())
                    .isEqualTo("device-1");
            assertThat(verifier.verify(signed(with("iat", SECOND + 30))).subject())
                    .isEqualTo("device-1");
        }

        @Test
        void refusesATokenFromTheFuture() {
            assertRefused(signed(with("nbf", SECOND + 31)), Reason.NOT_YET_VALID);
            assertRefused(signed(with("iat", SECOND + 31)), Reason.NOT_YET_VALID);
        }

        @Test
        void refusesTimesThatNoClockShows() {
            assertRefused(signed(with("exp", Long.MAX_VALUE)), Reason.MALFORMED);
            assertRefused(signed(with("exp", 1e300)), Reason.MALFORMED);
            assertRefused(signed(with("exp", -1)), Reason.EXPIRED);
        }
    }

    @Nested
    class Policy {
        @Test
        void namesAnIssuerAndAnAudience() {
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtPolicy(" ", "a", Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtPolicy("i", "", Duration.ZERO));
        }

        @Test
        void boundsTheLeeway() {
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtPolicy("i", "a", Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtPolicy("i", "a", Duration.ofSeconds(301)));
        }
    }

    private void assertRefused(String token, Reason reason) {
        assertThat(refusal(verifier, token)).isEqualTo(reason);
    }

    private static Reason refusal(JwtVerifier verifier, String token) {
        InvalidJwtException refusal = catchThrowableOfType(InvalidJwtException.class, () -> verifier.verify(token));
        assertThat(refusal).as("accepted %s", token).isNotNull();
        return refusal.reason();
    }

    private static JwtVerifier verifier(JwkSet keys) {
        return new JwtVerifier(() -> keys, POLICY, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JwkSet set(PublicJwk... keys) {
        try {
            List<String> published =
                    List.of(keys).stream().map(PublicJwk::toJson).toList();
            return JwkSet.parse("{\"keys\":" + published + "}");
        } catch (KeyFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJwk publicJwk(KeyPair pair) {
        try {
            return PublicJwk.of(pair.getPublic());
        } catch (KeyFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://gateway.example");
        claims.put("sub", "device-1");
        claims.put("aud", "https://api.example");
        claims.put("client_id", "device-1");
        claims.put("scope", "telemetry:write config:read");
        claims.put("iat", SECOND);
        claims.put("nbf", SECOND);
        claims.put("exp", SECOND + 300);
        claims.put("jti", "t-1");
        claims.put("tenant", "acme");
        return claims;
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    private Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "EdDSA");
        header.put("kid", jwk.keyId());
        header.put("typ", "at+jwt");
        return header;
    }

    private Map<String, Object> header(String name, Object value) {
        Map<String, Object> header = header();
        header.put(name, value);
        return header;
    }

    private String signed(Map<String, Object> claims) {
        return signed(header(), claims);
    }

    private String signed(Map<String, Object> header, Map<String, Object> claims) {
        return signed(pair, header, claims);
    }

    private static String signed(KeyPair signer, Map<String, Object> header, Map<String, Object> claims) {
        return signed(signer, segment(header) + '.' + segment(claims));
    }

    private String signedText(byte[] claims) {
        return signed(pair, segment(header()) + '.' + Base64Url.encode(claims));
    }

    private static String signed(KeyPair signer, String input) {
        try {
            byte[] signature = JwtAlgorithm.EDDSA.sign(signer.getPrivate(), input.getBytes(US_ASCII));
            return input + '.' + Base64Url.encode(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String segment(Map<String, Object> object) {
        return Base64Url.encode(Json.write(object).getBytes(UTF_8));
    }
}
