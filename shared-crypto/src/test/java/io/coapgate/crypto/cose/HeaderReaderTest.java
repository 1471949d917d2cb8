package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CborText.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The border cases of header types that {@link CoseMessageTest} leaves out. */
class HeaderReaderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "content type of text, a20126036161, a0",
        "content type zero, a201260300, a0",
        "content type unprotected, a10126, a103183d",
        "IV of bytes, a10126, a10541aa",
        "IV protected, a201260541aa, a0",
        "Partial IV of bytes, a10126, a10641aa",
        "kid of 64 bytes, a10126, a1045840{64}",
        "labels of text, a20126617801, a1617901"
    })
    void isRead(String name, String protectedHeader, String unprotected) throws Exception {
        byte[] message =
                message("d2", protectedHeader, unprotected.replace("{64}", "00".repeat(64)), "aa", "00".repeat(64));
        assertThat(CoseSign1.decode(message, 1024).headers().algorithm()).isEqualTo(CoseAlgorithm.ES256);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "content type of bytes unprotected, a10126, a10340",
        "content type above 2^63, a10126, a1031b8000000000000000",
        "content type null, a10126, a103f6",
        "Partial IV of text, a10126, a1066161",
        "Partial IV and IV in two buckets, a201260541aa, a10641bb",
        "kid of null, a10126, a104f6",
        "critical label of another bucket, a10126, a1028104",
        "boolean label, a20126f500, a0"
    })
    void isRefused(String name, String protectedHeader, String unprotected) {
        byte[] message = message("d2", protectedHeader, unprotected, "aa", "00".repeat(64));
        assertThatThrownBy(() -> CoseSign1.decode(message, 1024))
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_HEADER));
    }
}
