package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_ISSUER;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Verifies the signature or MAC of a token, and nothing else of it, with those of its issuer's keys that it may be meant for. */
public final class IssuerSignature {

    private IssuerSignature() {}

    /** @throws InvalidCwtException {@code UNKNOWN_ISSUER}, {@code UNKNOWN_KEY}, {@code ALGORITHM_MISMATCH}, {@code BAD_SIGNATURE} */
    public static void verify(CoseMessage message, List<VerificationKey> keys, Instant now) throws InvalidCwtException {
        if (keys.isEmpty()) {
            throw new InvalidCwtException(UNKNOWN_ISSUER, "no keys are known for the token's issuer");
        }
        CoseException refusal = null;
        for (VerificationKey key : KeyMatch.candidates(message.headers(), keys, Function.identity(), now)) {
            try {
                message.verify(key, CoseMessage.NO_AAD);
                return;
            } catch (CoseException e) {
                refusal = e;
            }
        }
        throw CoseRefusals.translate(Objects.requireNonNull(refusal));
    }
}
