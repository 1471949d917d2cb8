package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.TestVectors.RFC8392_CLAIMS;
import static io.coapgate.crypto.TestVectors.RFC8392_ENCRYPTED;
import static io.coapgate.crypto.TestVectors.RFC8392_FLOAT;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_128;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_MACED;
import static io.coapgate.crypto.TestVectors.RFC8392_NESTED;
import static io.coapgate.crypto.TestVectors.RFC8392_SIGNED;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.inspect.CoseLayer.Structure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CwtInspectionTest {

    @Test
    void seesAllOfASignedToken() {
        CwtInspection seen = CwtInspection.of(RFC8392_SIGNED).orElseThrow();
        assertThat(seen.size()).isEqualTo(RFC8392_SIGNED.length);
        assertThat(seen.hasCwtTag()).isFalse();
        assertThat(seen.claimsSize()).isEqualTo(RFC8392_CLAIMS.length);
        assertThat(seen.hidden()).isEmpty();
        assertThat(seen.claims()).hasSize(7).allMatch(claim -> claim.alone().isPresent());
        CoseLayer layer = seen.layers().get(0);
        assertThat(layer.structure()).isEqualTo(Structure.SIGN1);
        assertThat(layer.authenticatorSize()).isEqualTo(64);
        assertThat(layer.protectedHeader()).hasToString("[Entry[key=1, value=-7]]");
    }

    @Test
    void seesTheCwtTagAndAFloat() {
        CwtInspection seen = CwtInspection.of(RFC8392_MACED).orElseThrow();
        assertThat(seen.hasCwtTag()).isTrue();
        assertThat(seen.layers()).extracting(CoseLayer::structure).containsExactly(Structure.MAC0);
        InspectedClaim iat =
                CwtInspection.of(RFC8392_FLOAT).orElseThrow().claims().get(0);
        assertThat(iat.alone().orElseThrow().issuedAt()).contains(Instant.parse("2015-10-04T07:49:04.500Z"));
    }

    @Test
    void looksIntoNestedTokensAndNotIntoEncryptedOnes() {
        byte[] outer = sign1(RFC8392_MACED);
        CwtInspection nested = CwtInspection.of(outer).orElseThrow();
        assertThat(nested.layers()).extracting(CoseLayer::structure).containsExactly(Structure.SIGN1, Structure.MAC0);
        assertThat(nested.claims()).hasSize(7);
        CwtInspection encrypted = CwtInspection.of(hex("d08343a1010aa1054d99a0d7846e762c49ffe8a63e0b43b918a1"))
                .orElseThrow();
        assertThat(encrypted.layers()).extracting(CoseLayer::structure).containsExactly(Structure.ENCRYPT0);
        assertThat(encrypted.hidden()).contains("the claims are encrypted");
        byte[] bomb = RFC8392_CLAIMS;
        for (int i = 0; i < 10; i++) {
            bomb = sign1(bomb);
        }
        assertThat(CwtInspection.of(bomb).orElseThrow().hidden())
                .hasValueSatisfying(why -> assertThat(why).contains("too many"));
    }

    @Test
    void looksIntoWhatAKeyDecrypts() throws Exception {
        DecryptionKeys keys = new DecryptionKeys(
                List.of(new IssuerDecryptionKey(
                        "as", CoseKey.decode(RFC8392_KEY_128).decryptionKey(CoseAlgorithm.AES_CCM_16_64_128))),
                false);
        CwtInspection nested =
                CwtInspection.of(RFC8392_NESTED, keys, Instant.EPOCH).orElseThrow();
        assertThat(nested.layers())
                .extracting(CoseLayer::structure)
                .containsExactly(Structure.ENCRYPT0, Structure.SIGN1);
        assertThat(nested.authenticated()).contains(nested.layers().get(1));
        assertThat(nested.claims()).hasSize(7);
        assertThat(nested.decryption().orElseThrow().succeeded()).isTrue();
        CwtInspection bare =
                CwtInspection.of(RFC8392_ENCRYPTED, keys, Instant.EPOCH).orElseThrow();
        assertThat(bare.authenticated()).isEmpty();
        assertThat(bare.claimsSize()).isEqualTo(RFC8392_CLAIMS.length);
        assertThat(CwtInspection.of(RFC8392_ENCRYPTED)
                        .orElseThrow()
                        .decryption()
                        .orElseThrow()
                        .lacksKey())
                .isTrue();
    }

    @Test
    void recognisesATokenWithoutItsTag() {
        CwtInspection seen = CwtInspection.of(Arrays.copyOfRange(RFC8392_SIGNED, 1, RFC8392_SIGNED.length))
                .orElseThrow();
        assertThat(seen.layers().get(0).isTagged()).isFalse();
        assertThat(seen.claims()).hasSize(7);
    }

    @Test
    void saysWhyABrokenTokenShowsNothing() {
        CwtInspection seen =
                CwtInspection.of(Arrays.copyOf(RFC8392_SIGNED, 100)).orElseThrow();
        assertThat(seen.layers()).isEmpty();
        assertThat(seen.hidden()).contains("a CBOR length beyond the end of the input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "a0", "80", "f6", "d9d9f7a0", "83414141", "8440a04040ff", "cafe", "ffff"})
    void isEmptyForAnythingElse(String bytes) {
        boolean coseWithoutTag = bytes.startsWith("8440a0");
        assertThat(CwtInspection.of(hex(bytes)).isPresent()).isEqualTo(coseWithoutTag);
    }

    @Test
    void isNoTokenIfItIsAKey() {
        assertThat(CwtInspection.of(RFC8392_KEY_256)).isEmpty();
    }

    @Test
    void neverFails() {
        Random random = new Random(8392);
        for (byte[] token : List.of(RFC8392_SIGNED, RFC8392_MACED, RFC8392_FLOAT, sign1(RFC8392_MACED))) {
            for (int i = 0; i < 5_000; i++) {
                byte[] mutated = Arrays.copyOf(token, token.length - random.nextInt(3));
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                mutated[random.nextInt(20)] = (byte) random.nextInt();
                CwtInspection.of(mutated)
                        .ifPresent(seen -> assertThat(seen.claims().toString()).isNotNull());
            }
        }
    }

    static byte[] sign1(byte[] payload) {
        return Bytes.join(hex("d28443a10126a0"), Bytes.string(payload), Bytes.string(new byte[64]));
    }
}
