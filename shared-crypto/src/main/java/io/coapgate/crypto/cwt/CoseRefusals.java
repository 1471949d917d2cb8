package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseException;

/** Says in the words of a token what the layer below refused. */
final class CoseRefusals {

    private CoseRefusals() {}

    static InvalidCwtException translate(CoseException refusal) {
        InvalidCwtException.Reason reason = switch (refusal.reason()) {
            case TOO_LARGE -> InvalidCwtException.Reason.TOO_LARGE;
            case MALFORMED, WRONG_STRUCTURE, INVALID_HEADER, DETACHED_PAYLOAD -> InvalidCwtException.Reason.MALFORMED;
            case UNSUPPORTED_CRITICAL_HEADER -> InvalidCwtException.Reason.UNSUPPORTED_CRITICAL_HEADER;
            case UNSUPPORTED_ALGORITHM -> InvalidCwtException.Reason.UNSUPPORTED_ALGORITHM;
            case ALGORITHM_MISMATCH -> InvalidCwtException.Reason.ALGORITHM_MISMATCH;
            case INVALID_KEY, KEY_USE_REFUSED -> InvalidCwtException.Reason.UNKNOWN_KEY;
            case BAD_SIGNATURE -> InvalidCwtException.Reason.BAD_SIGNATURE;
        };
        return new InvalidCwtException(reason, refusal.getMessage());
    }
}
