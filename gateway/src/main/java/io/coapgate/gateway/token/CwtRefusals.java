package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.gateway.refusal.Refusal;

/** What the faults of CWTs are called outside. */
public final class CwtRefusals {

    private CwtRefusals() {}

    public static Refusal of(InvalidCwtException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> Refusal.TOKEN_MALFORMED;
            case TOO_LARGE -> Refusal.TOKEN_TOO_LARGE;
            case UNSUPPORTED_ALGORITHM, UNSUPPORTED_CRITICAL_HEADER, ALGORITHM_MISMATCH -> Refusal.TOKEN_ALGORITHM;
            case UNKNOWN_ISSUER -> Refusal.TOKEN_ISSUER_UNKNOWN;
            case UNKNOWN_KEY -> Refusal.TOKEN_KEY_UNKNOWN;
            case BAD_SIGNATURE -> Refusal.TOKEN_SIGNATURE;
            case EXPIRED -> Refusal.TOKEN_EXPIRED;
            case NOT_YET_VALID -> Refusal.TOKEN_NOT_YET_VALID;
            case LIFETIME_TOO_LONG -> Refusal.TOKEN_LIFETIME;
            case MISSING_EXPIRY, MISSING_CLAIM, INVALID_CONFIRMATION -> Refusal.TOKEN_CLAIMS;
            case WRONG_AUDIENCE -> Refusal.TOKEN_AUDIENCE;
        };
    }
}
