package io.coapgate.crypto.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtSigningKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @ParameterizedTest
    @EnumSource
    void theHeaderIsExactlyAlgorithmKeyAndType(JwtAlgorithm algorithm) {
        JwtSigningKey key = JwtSigningKey.generate(algorithm, RANDOM);

        String token = key.sign(Map.of("sub", "device-1"));

        assertThat(part(token, 0))
                .isEqualTo(
                        "{\"alg\":\"" + algorithm.jwsName() + "\",\"kid\":\"" + key.keyId() + "\",\"typ\":\"at+jwt\"}");
        assertThat(key.keyId()).isEqualTo(key.publicJwk().thumbprint().base64Url());
    }

    @Test
    void theClaimsAreWrittenInTheirOrder() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://gateway.example/é\"\\");
        claims.put("aud", List.of("a", "b"));
        claims.put("exp", Instant.ofEpochSecond(1_800_000_000, 999));
        claims.put("cnf", Map.of("jkt", "x"));
        claims.put("active", true);
        claims.put("n", 7L);

        String token = JwtSigningKey.generate(JwtAlgorithm.EDDSA, RANDOM).sign(claims);

        assertThat(part(token, 1))
                .isEqualTo("{\"iss\":\"https://gateway.example/é\\\"\\\\\",\"aud\":[\"a\",\"b\"],\"exp\":1800000000,"
                        + "\"cnf\":{\"jkt\":\"x\"},\"active\":true,\"n\":7}");
    }

    @Test
    void anotherLibraryVerifiesItsSignatures() throws Exception {
        JwtSigningKey es256 = JwtSigningKey.generate(JwtAlgorithm.ES256, RANDOM);
        JwtSigningKey rs256 = JwtSigningKey.generate(JwtAlgorithm.RS256, RANDOM);

        SignedJWT byEs256 = SignedJWT.parse(es256.sign(Map.of("sub", "a")));
        SignedJWT byRs256 = SignedJWT.parse(rs256.sign(Map.of("sub", "a")));

        assertThat(byEs256.verify(
                        new ECDSAVerifier((ECPublicKey) es256.publicJwk().key())))
                .isTrue();
        assertThat(byRs256.verify(
                        new RSASSAVerifier((RSAPublicKey) rs256.publicJwk().key())))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromItsPemAsTheSameKey(JwtAlgorithm algorithm) throws KeyFormatException {
        JwtSigningKey key = JwtSigningKey.generate(algorithm, RANDOM);

        JwtSigningKey read = JwtSigningKey.fromPem(key.toPem());

        assertThat(key.toPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(read.algorithm()).isEqualTo(algorithm);
        assertThat(read.publicJwk()).isEqualTo(key.publicJwk());
        assertThat(read.keyId()).isEqualTo(key.keyId());
        assertThat(algorithm.verify(key.publicJwk().key(), signingInput(read), signature(read)))
                .isTrue();
    }

    @Test
    void refusesTextWithoutAKey() {
        assertThatExceptionOfType(KeyFormatException.class).isThrownBy(() -> JwtSigningKey.fromPem("no key"));
    }

    @Test
    void refusesClaimsThatAreNotPlainJson() {
        JwtSigningKey key = JwtSigningKey.generate(JwtAlgorithm.EDDSA, RANDOM);
        SecretBytes canary = SecretBytes.copyOf("canary-secret".getBytes(UTF_8));

        for (Object value :
                new Object[] {canary, new byte[] {1}, new Object(), Double.NaN, Map.of(1, 2), List.of(canary)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> key.sign(Map.of("claim", value)))
                    .withMessageNotContaining("canary");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsNothingPrivateButInItsPem(JwtAlgorithm algorithm) {
        JwtSigningKey key = JwtSigningKey.generate(algorithm, RANDOM);
        String secret = key.toPem().lines().skip(2).findFirst().orElseThrow();

        String shown = key + key.publicJwk().toString() + key.publicJwk().toJson() + JwkSet.of(List.of(key));

        assertThat(shown)
                .doesNotContain(secret.substring(0, 12))
                .doesNotContain("PRIVATE")
                .contains(key.keyId());
    }

    private static byte[] signingInput(JwtSigningKey key) {
        String token = key.sign(Map.of("sub", "a"));
        return token.substring(0, token.lastIndexOf('.')).getBytes(UTF_8);
    }

    private static byte[] signature(JwtSigningKey key) {
        String token = key.sign(Map.of("sub", "a"));
        return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1)).orElseThrow();
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), UTF_8);
    }
}
