package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.KEY_USE_REFUSED;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the nonce of a message from its IV, or from its Partial IV and the key's Base IV (RFC 9052 §3.1). */
final class Nonces {

    private Nonces() {}

    /** @throws CoseException {@code KEY_USE_REFUSED} for a Partial IV without a Base IV */
    static byte[] of(CoseHeaders headers, byte @Nullable [] baseIv) throws CoseException {
        Optional<byte[]> iv = headers.iv();
        if (iv.isPresent()) {
            return iv.get();
        }
        byte[] partial = headers.partialIv().orElseThrow();
        if (baseIv == null) {
            throw new CoseException(KEY_USE_REFUSED, "a Partial IV, and a key without a Base IV");
        }
        return combined(baseIv, partial);
    }

    /** The Partial IV, padded with zeros on the left to the length of the Base IV, and the two xored. */
    static byte[] combined(byte[] baseIv, byte[] partial) {
        byte[] nonce = baseIv.clone();
        int offset = nonce.length - partial.length;
        for (int i = 0; i < partial.length; i++) {
            nonce[offset + i] ^= partial[i];
        }
        return nonce;
    }
}
