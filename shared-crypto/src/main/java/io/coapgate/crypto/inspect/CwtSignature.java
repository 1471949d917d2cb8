package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.IssuerSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tries keys on one signature or MAC of a token, by itself: the claims in it need not be readable. */
public final class CwtSignature {

    private CwtSignature() {}

    /**
     * Why none of these keys verifies the message; empty if one does.
     *
     * @throws CoseException if the message is refused before any key is looked at
     */
    public static Optional<CwtRefusal> refusal(CoseLayer layer, List<VerificationKey> keys, Instant now)
            throws CoseException {
        CoseMessage message = CoseMessage.decode(layer.message().encoded(), StrictCbor.MAX_BYTES);
        try {
            IssuerSignature.verify(message, keys, now);
            return Optional.empty();
        } catch (InvalidCwtException e) {
            return Optional.of(CwtRefusal.of(e));
        }
    }
}
