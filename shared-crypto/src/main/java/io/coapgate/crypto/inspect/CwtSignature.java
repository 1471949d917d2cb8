package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tries keys on a token's outermost signature or MAC, in the verifier's order: validity and kid, algorithm, signature. */
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
        Optional<KeyId> kid = message.headers().keyId();
        List<VerificationKey> named = keys.stream()
                .filter(key -> key.isValidAt(now)
                        && (kid.isEmpty()
                                || key.keyId().isEmpty()
                                || key.keyId().equals(kid)))
                .toList();
        if (named.isEmpty()) {
            return refused(Reason.UNKNOWN_KEY, "no key with the token's kid that is valid now");
        }
        List<VerificationKey> fitting = named.stream()
                .filter(key -> key.algorithm() == message.headers().algorithm())
                .toList();
        if (fitting.isEmpty()) {
            return refused(Reason.ALGORITHM_MISMATCH, "the token names another algorithm than its key has");
        }
        return fitting.stream().anyMatch(key -> verifies(message, key))
                ? Optional.empty()
                : refused(Reason.BAD_SIGNATURE, "the signature or MAC does not verify");
    }

    private static boolean verifies(CoseMessage message, VerificationKey key) {
        try {
            message.verify(key, CoseMessage.NO_AAD);
            return true;
        } catch (CoseException e) {
            return false;
        }
    }

    private static Optional<CwtRefusal> refused(Reason reason, String message) {
        return Optional.of(new CwtRefusal(reason, message));
    }
}
