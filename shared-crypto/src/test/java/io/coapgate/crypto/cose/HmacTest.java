package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HmacTest {

    private static final byte[] DATA = {1, 2, 3};

    static Stream<CoseAlgorithm> algorithms() {
        return Arrays.stream(CoseAlgorithm.values()).filter(one -> one.kind() == CoseAlgorithm.Kind.MAC);
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_256_64, 32, 8",
        "HMAC_256_256, 32, 32",
        "HMAC_384_384, 48, 48",
        "HMAC_512_512, 64, 64",
    })
    void keysAreNoShorterThanTheHash(CoseAlgorithm algorithm, int least, int tagLength) throws Exception {
        for (int length : new int[] {least, least + 1, 256}) {
            assertThat(Hmac.of(algorithm, secret(length)).authenticate(DATA)).hasSize(tagLength);
        }
        for (int length : new int[] {1, least - 1, 257}) {
            assertReason(Reason.INVALID_KEY, () -> SigningKey.of(algorithm, secret(length)));
            assertReason(Reason.INVALID_KEY, () -> VerificationKey.of(algorithm, secret(length)));
        }
    }

    /** RFC 4231 §4.7: a key of 131 bytes, which is longer than a block of SHA-256. */
    @Test
    void macsAreThoseOfRfc4231() throws Exception {
        SecretBytes key = SecretBytes.copyOf(hex("aa".repeat(131)));
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);
        assertThat(Hmac.of(CoseAlgorithm.HMAC_256_256, key).authenticate(data))
                .isEqualTo(hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
        assertThat(Hmac.of(CoseAlgorithm.HMAC_256_64, key).authenticate(data)).isEqualTo(hex("60e431591ee0b67f"));
        assertThat(Hmac.of(CoseAlgorithm.HMAC_384_384, key).authenticate(data))
                .isEqualTo(hex("4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe82"
                        + "96248df163f44952"));
        assertThat(Hmac.of(CoseAlgorithm.HMAC_512_512, key).authenticate(data))
                .isEqualTo(hex(
                        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e52"
                                + "95e64f73f63f0aec8b915a985d786598"));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void onlyTheWholeMacIsAccepted(CoseAlgorithm algorithm) throws Exception {
        Hmac hmac = Hmac.of(algorithm, secret(64));
        byte[] mac = hmac.authenticate(DATA);
        assertThat(hmac.accepts(DATA, mac)).isTrue();
        assertThat(hmac.accepts(new byte[] {1, 2}, mac)).isFalse();
        for (int length = 0; length < mac.length; length++) {
            assertThat(hmac.accepts(DATA, Arrays.copyOf(mac, length))).isFalse();
        }
        assertThat(hmac.accepts(DATA, Arrays.copyOf(mac, mac.length + 1))).isFalse();
        for (int bit = 0; bit < Byte.SIZE * mac.length; bit++) {
            byte[] changed = mac.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThat(hmac.accepts(DATA, changed)).isFalse();
        }
    }

    @Test
    void otherAlgorithmsHaveNoMacKeys() {
        for (CoseAlgorithm algorithm : CoseAlgorithm.values()) {
            if (algorithm.kind() != CoseAlgorithm.Kind.MAC) {
                assertReason(Reason.INVALID_KEY, () -> Hmac.of(algorithm, secret(64)));
            }
        }
    }

    private static SecretBytes secret(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return SecretBytes.copyOf(bytes);
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
