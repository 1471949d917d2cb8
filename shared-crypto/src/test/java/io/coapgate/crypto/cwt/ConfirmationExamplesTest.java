package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The claims sets of RFC 8747 §3, byte for byte; the one of §3.3, with an encrypted key, is in {@code EncryptedCwtTest}. */
class ConfirmationExamplesTest {
    private static final String X = "d7cc072de2205bdc1537a543d53c60a6acb62eccd890c7fa27c9e354089bbe13";
    private static final String Y = "f95e1d4b851a2cc80fff87d8e23f22afb725d535e515d020731e79a3b4e47120";

    /** §3.2, a public key. */
    @Test
    void aPublicKeyStandsInTheToken() throws Exception {
        byte[] example =
                hex("a4" + "01" + text("coaps://server.example.com") + "03" + text("coaps://client.example.org")
                        + "041a70004b4f" + "08a101" + "a4" + "0102" + "2001" + "215820" + X + "225820" + Y);
        CwtClaims claims = CwtClaims.decode(example, 512);
        assertThat(claims.issuer()).contains("coaps://server.example.com");
        assertThat(claims.audience()).containsExactly("coaps://client.example.org");
        assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1_879_067_471));
        CoseKey key = ((Confirmation.OfKey) claims.confirmation().orElseThrow()).key();
        assertThat(key.publicKey()).contains(EcCurve.P_256.publicKey(hex(X), hex(Y)));
        assertThat(claims.encode()).isEqualTo(example);
    }

    /** §3.4, the identifier of a key that the recipient knows. */
    @Test
    void anIdentifierStandsInTheToken() throws Exception {
        byte[] example = hex("a4" + "01" + text("coaps://as.example.com") + "03" + text("coaps://resource.example.org")
                + "041a51254c28" + "08a10350dfd1aa976d8d4575a0fe34b96de2bfad");
        CwtClaims claims = CwtClaims.decode(example, 512);
        assertThat(claims.confirmation()).contains(Confirmation.of(KeyId.of(hex("dfd1aa976d8d4575a0fe34b96de2bfad"))));
        assertThat(claims.encode()).isEqualTo(example);
    }

    /** A text string of up to 255 bytes. */
    private static String text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String head = utf8.length < 24 ? "%02x".formatted(0x60 + utf8.length) : "78%02x".formatted(utf8.length);
        return head + HexFormat.of().formatHex(utf8);
    }
}
