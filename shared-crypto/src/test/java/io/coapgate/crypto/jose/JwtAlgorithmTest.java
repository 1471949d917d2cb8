package io.coapgate.crypto.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.KeyFormatException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAlgorithmTest {
    @Test
    void verifiesTheEs256ExampleOfRfc7515() throws KeyFormatException {
        byte[] input = PublishedVectors.ES256_INPUT.getBytes(US_ASCII);
        byte[] signature = Base64Url.decode(PublishedVectors.ES256_SIGNATURE).orElseThrow();
        PublicJwk key = PublicJwk.parse(PublishedVectors.P256_PUBLIC);

        assertThat(JwtAlgorithm.ES256.verify(key.key(), input, signature)).isTrue();
        input[30] ^= 1;
        assertThat(JwtAlgorithm.ES256.verify(key.key(), input, signature)).isFalse();
    }

    @Test
    void signsTheEd25519ExampleOfRfc8037() throws GeneralSecurityException {
        KeyPair pair = JwkReader.keyPair(PublishedVectors.ED25519_PRIVATE);

        byte[] signature = JwtAlgorithm.EDDSA.sign(pair.getPrivate(), PublishedVectors.EDDSA_INPUT.getBytes(US_ASCII));

        assertThat(Base64Url.encode(signature)).isEqualTo(PublishedVectors.EDDSA_SIGNATURE);
    }

    @Test
    void verifiesTheEd25519ExampleOfRfc8037() throws KeyFormatException {
        byte[] input = PublishedVectors.EDDSA_INPUT.getBytes(US_ASCII);
        byte[] signature = Base64Url.decode(PublishedVectors.EDDSA_SIGNATURE).orElseThrow();
        PublicJwk key = PublicJwk.parse(PublishedVectors.ED25519_PUBLIC);

        assertThat(JwtAlgorithm.EDDSA.verify(key.key(), input, signature)).isTrue();
        signature[0] ^= 1;
        assertThat(JwtAlgorithm.EDDSA.verify(key.key(), input, signature)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void takesNoBytesOfAnotherFormForASignature(JwtAlgorithm algorithm) {
        KeyPair pair = algorithm.generateKeyPair(new SecureRandom());

        for (byte[] junk : new byte[][] {{}, {0x30, 6, 2, 1, 0, 2, 1, 0}, new byte[63], new byte[64], new byte[256]}) {
            assertThat(algorithm.verify(pair.getPublic(), new byte[1], junk)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAKeyOfAnotherType(JwtAlgorithm algorithm) throws GeneralSecurityException {
        KeyPair pair = algorithm.generateKeyPair(new SecureRandom());
        byte[] signature = algorithm.sign(pair.getPrivate(), new byte[1]);

        for (JwtAlgorithm other : JwtAlgorithm.values()) {
            assertThat(other.verify(pair.getPublic(), new byte[1], signature)).isEqualTo(other == algorithm);
        }
    }

    @Test
    void knowsBothNamesOfEd25519() {
        assertThat(JwtAlgorithm.ofJwsName("EdDSA")).contains(JwtAlgorithm.EDDSA);
        assertThat(JwtAlgorithm.ofJwsName("Ed25519")).contains(JwtAlgorithm.EDDSA);
        assertThat(JwtAlgorithm.EDDSA.jwsName()).isEqualTo("EdDSA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "HS512", "es256", "ES256K", "ES384", "PS256", "Ed448", ""})
    void knowsNoOtherAlgorithm(String name) {
        assertThat(JwtAlgorithm.ofJwsName(name)).isEmpty();
    }
}
