package io.coapgate.crypto.cwt;

/** A token that is refused. The message is for the operator and repeats nothing of the token's content. */
public final class InvalidCwtException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a token is refused; the names are stable. */
    public enum Reason {
        /** Not strict CBOR, not a tagged COSE message, or claims of a wrong type or out of range. */
        MALFORMED,
        /** More bytes, deeper nesting or more items than the policy allows. */
        TOO_LARGE,
        /** No algorithm, or one that is not supported. */
        UNSUPPORTED_ALGORITHM,
        /** A critical header parameter that is not understood. */
        UNSUPPORTED_CRITICAL_HEADER,
        /** No keys are known for the issuer. */
        UNKNOWN_ISSUER,
        /** The issuer has no key of that identifier that is valid now. */
        UNKNOWN_KEY,
        /** The token names an algorithm other than its key's; no cryptography was done. */
        ALGORITHM_MISMATCH,
        /** The signature or MAC does not verify. */
        BAD_SIGNATURE,
        /** The token has expired. */
        EXPIRED,
        /** The token is not valid yet, or was issued in the future. */
        NOT_YET_VALID,
        /** The token lives longer than the policy allows. */
        LIFETIME_TOO_LONG,
        /** The token never expires. */
        MISSING_EXPIRY,
        /** A claim that the policy requires is not there. */
        MISSING_CLAIM,
        /** The token is not for this recipient, or does not say for whom it is. */
        WRONG_AUDIENCE,
        /** The {@code cnf} claim has none, several or unknown members, or an unusable or private key. */
        INVALID_CONFIRMATION
    }

    public InvalidCwtException(Reason reason, String message) {
        // Anybody can send what is refused, again and again: a stack trace would cost more than the refusal.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why the token is refused. */
    public Reason reason() {
        return reason;
    }
}
