package io.coapgate.crypto.key;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The SHA-256 vectors of RFC 5869 Appendix A. */
class HkdfSha256Test {

    private static final SecretBytes IKM = SecretBytes.copyOf(hex("0b".repeat(22)));

    @Test
    void derivesTheBasicTestCase() {
        assertThat(HkdfSha256.derive(IKM, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42)
                        .expose())
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void derivesFromLongInputs() {
        byte[] okm = HkdfSha256.derive(SecretBytes.copyOf(range(0x00)), range(0x60), range(0xb0), 82)
                .expose();
        assertThat(okm)
                .isEqualTo(hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41"
                        + "c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"));
    }

    @Test
    void takesNoSaltForZeroes() {
        assertThat(HkdfSha256.derive(IKM, new byte[0], new byte[0], 42).expose())
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void refusesLengthsThatHkdfDoesNotHave() {
        assertThat(HkdfSha256.derive(IKM, new byte[0], new byte[0], 8160).length())
                .isEqualTo(8160);
        assertThatIllegalArgumentException().isThrownBy(() -> HkdfSha256.derive(IKM, new byte[0], new byte[0], 8161));
        assertThatIllegalArgumentException().isThrownBy(() -> HkdfSha256.derive(IKM, new byte[0], new byte[0], 0));
    }

    private static byte[] range(int first) {
        byte[] bytes = new byte[80];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
