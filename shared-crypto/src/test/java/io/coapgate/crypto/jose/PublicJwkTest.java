package io.coapgate.crypto.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyFormatException.Reason;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicJwkTest {
    @Test
    void hasTheRsaThumbprintOfRfc7638() throws KeyFormatException {
        PublicJwk jwk = PublicJwk.parse(PublishedVectors.RSA_PUBLIC);

        assertThat(jwk.thumbprint().base64Url()).isEqualTo(PublishedVectors.RSA_THUMBPRINT);
        assertThat(jwk.keyId()).isEqualTo("2011-04-29");
        assertThat(jwk.algorithm()).isEqualTo(JwtAlgorithm.RS256);
    }

    @Test
    void hasTheEd25519ThumbprintOfRfc8037() throws KeyFormatException {
        PublicJwk jwk = PublicJwk.parse(PublishedVectors.ED25519_PUBLIC);

        assertThat(jwk.thumbprint().base64Url()).isEqualTo(PublishedVectors.ED25519_THUMBPRINT);
        assertThat(jwk.keyId()).isEqualTo(PublishedVectors.ED25519_THUMBPRINT);
    }

    @ParameterizedTest
    @EnumSource
    void anotherLibraryReadsTheSameKeyAndThumbprint(JwtAlgorithm algorithm) throws Exception {
        // Many keys, so that coordinates with leading zeros are among them.
        for (int i = 0; i < (algorithm == JwtAlgorithm.RS256 ? 1 : 300); i++) {
            PublicJwk jwk =
                    PublicJwk.of(algorithm.generateKeyPair(new SecureRandom()).getPublic());
            JWK oracle = JWK.parse(jwk.toJson());

            assertThat(oracle.computeThumbprint().toString())
                    .isEqualTo(jwk.thumbprint().base64Url());
            assertThat(oracle.getKeyID()).isEqualTo(jwk.keyId());
            assertThat(oracle.getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
            assertThat(oracle.isPrivate()).isFalse();
            assertThat(PublicJwk.parse(jwk.toJson())).isEqualTo(jwk);
        }
    }

    @Test
    void publishesNothingButTheKeyItsUseAndItsName() throws KeyFormatException {
        PublicJwk jwk = PublicJwk.parse(PublishedVectors.ED25519_PUBLIC);

        assertThat(jwk.toJson())
                .isEqualTo("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
                        + "\"use\":\"sig\",\"alg\":\"EdDSA\",\"kid\":\"" + PublishedVectors.ED25519_THUMBPRINT + "\"}");
        assertThat(jwk.members()).containsOnlyKeys("crv", "kty", "x");
    }

    @Test
    void isTheSameKeyUnderAnotherName() throws KeyFormatException {
        String renamed = PublishedVectors.ED25519_PUBLIC.replace("{", "{\"kid\":\"other\",");

        assertThat(PublicJwk.parse(renamed))
                .isEqualTo(PublicJwk.parse(PublishedVectors.ED25519_PUBLIC))
                .hasSameHashCodeAs(PublicJwk.parse(PublishedVectors.ED25519_PUBLIC))
                .isNotEqualTo(PublicJwk.parse(PublishedVectors.P256_PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void refusesOtherCurves(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));

        assertThatExceptionOfType(KeyFormatException.class)
                .isThrownBy(() -> PublicJwk.of(generator.generateKeyPair().getPublic()))
                .extracting(KeyFormatException::reason)
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void refusesKeysThatCannotSign() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");

        assertThatExceptionOfType(KeyFormatException.class)
                .isThrownBy(() -> PublicJwk.of(generator.generateKeyPair().getPublic()))
                .extracting(KeyFormatException::reason)
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void refusesShortRsaKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);

        assertThatExceptionOfType(KeyFormatException.class)
                .isThrownBy(() -> PublicJwk.of(generator.generateKeyPair().getPublic()))
                .extracting(KeyFormatException::reason)
                .isEqualTo(Reason.UNSUPPORTED);
    }
}
