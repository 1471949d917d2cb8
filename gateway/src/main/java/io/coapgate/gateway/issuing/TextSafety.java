package io.coapgate.gateway.issuing;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.SecretBytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether bytes pass through interfaces that were made for text, as those of most clients for identity and key are: no zero,
 * which ends a text in C, and no line feed at the end, which a shell drops. Of 16 random bytes, 93 in 100 do.
 */
final class TextSafety {
    private TextSafety() {}

    static boolean isTextSafe(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return bytes[bytes.length - 1] != '\n';
    }

    static boolean isTextSafe(SecretBytes secret) {
        byte[] exposed = secret.expose();
        try {
            return isTextSafe(exposed);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /** Of the secret in it, if there is any. */
    static boolean isTextSafe(Optional<Confirmation> told) {
        return told.filter(Confirmation.OfKey.class::isInstance)
                .map(Confirmation.OfKey.class::cast)
                .map(Confirmation.OfKey::key)
                .flatMap(CoseKey::secret)
                .map(TextSafety::isTextSafe)
                .orElse(true);
    }
}
