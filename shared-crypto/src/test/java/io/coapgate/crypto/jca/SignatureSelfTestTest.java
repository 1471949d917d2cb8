package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.jca.CryptoProviderException.Reason;
import io.coapgate.crypto.jca.SignatureSelfTest.Verification;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignatureSelfTestTest {
    @Test
    void passesOnThisPlatform() {
        assertThatCode(SignatureSelfTest::run).doesNotThrowAnyException();
    }

    @Test
    void failsWhereZerosPassForAnEcdsaSignature() {
        // What CVE-2022-21449 amounted to: r = s = 0 is accepted, in either format.
        for (String format : new String[] {"SHA256withECDSA", "SHA256withECDSAinP1363Format"}) {
            assertUnsound(
                    (algorithm, key, message, signature) -> (algorithm.equals(format) && isAllZero(signature))
                            || genuine().verify(algorithm, key, message, signature),
                    "all-zero");
        }
    }

    @Test
    void failsWhereEverythingPasses() {
        assertUnsound((algorithm, key, message, signature) -> true, "another message");
    }

    @Test
    void failsWhereNothingPasses() {
        assertUnsound((algorithm, key, message, signature) -> false, "genuine");
        assertUnsound(
                (algorithm, key, message, signature) -> {
                    throw new SignatureException("out of order");
                },
                "genuine");
    }

    private static void assertUnsound(Verification verification, String fault) {
        assertThatExceptionOfType(CryptoProviderException.class)
                .isThrownBy(() -> new SignatureSelfTest(verification).test())
                .withMessageContaining(fault)
                .withMessageContaining("17.0.3")
                .extracting(CryptoProviderException::reason)
                .isEqualTo(Reason.SIGNATURES_UNSOUND);
    }

    private static boolean isAllZero(byte[] signature) {
        return Arrays.equals(signature, new byte[64])
                || Arrays.equals(signature, new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0});
    }

    private static Verification genuine() {
        return (algorithm, key, message, candidate) -> {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(candidate);
        };
    }
}
