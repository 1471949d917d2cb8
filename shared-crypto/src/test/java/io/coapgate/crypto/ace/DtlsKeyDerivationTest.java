package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DtlsKeyDerivationTest {

    private static final SecretBytes SHARED =
            SecretBytes.copyOf(hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static final byte[] TOKEN = hex("d18443a10104a04fa1080ca10348deadbeef01020304480102030405060708");

    /** {@code ["ACE-CoAP-DTLS-key-derivation", 16, token]}, written by hand. */
    @Test
    void theInfoIsTheArrayOfRfc9202() {
        assertThat(DtlsKeyDerivation.info(hex("d18440"), 16))
                .isEqualTo(concat(
                        hex("83781c"), "ACE-CoAP-DTLS-key-derivation".getBytes(US_ASCII), hex("10"), hex("43d18440")));
    }

    /** RFC 5869 by its two formulas, with one block of output and a salt of zeros. */
    @Test
    void theKeyIsWhatHkdfSaysOfIt() throws Exception {
        byte[] extracted = hmac(new byte[32], SHARED.expose());
        byte[] expanded = hmac(extracted, concat(DtlsKeyDerivation.info(TOKEN, 16), new byte[] {1}));
        assertThat(DtlsKeyDerivation.derive(SHARED, TOKEN).expose()).isEqualTo(Arrays.copyOf(expanded, 16));
    }

    @Test
    void anotherTokenOrAnotherSharedKeyIsAnotherKey() {
        SecretBytes key = DtlsKeyDerivation.derive(SHARED, TOKEN);
        byte[] other = TOKEN.clone();
        other[other.length - 1] ^= 1;
        assertThat(DtlsKeyDerivation.derive(SHARED, TOKEN)).isEqualTo(key);
        assertThat(DtlsKeyDerivation.derive(SHARED, other)).isNotEqualTo(key);
        assertThat(DtlsKeyDerivation.derive(SecretBytes.copyOf(new byte[32]), TOKEN))
                .isNotEqualTo(key);
    }

    private static byte[] hmac(byte[] key, byte[] input) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
