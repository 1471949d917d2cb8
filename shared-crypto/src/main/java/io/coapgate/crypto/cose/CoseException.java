package io.coapgate.crypto.cose;

import java.util.Objects;

/** COSE or CBOR that is refused. The message says what is wrong and never repeats content or key material. */
public final class CoseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of refusal; the names are stable. */
    public enum Reason {
        /** More bytes, deeper nesting or more items than allowed. */
        TOO_LARGE,
        /** Not CBOR, or not in the one strict encoding that {@link StrictCbor} accepts. */
        MALFORMED,
        /** CBOR that is not the COSE structure or tag that it should be. */
        WRONG_STRUCTURE,
        /** A header parameter of the wrong type, in the wrong bucket, or in both. */
        INVALID_HEADER,
        /** A critical header parameter that is not understood, or {@code crit} that breaks its rules. */
        UNSUPPORTED_CRITICAL_HEADER,
        /** No algorithm, or one that is not supported for this structure or key. */
        UNSUPPORTED_ALGORITHM,
        /** The payload is elsewhere, and this layer takes it from nowhere else. */
        DETACHED_PAYLOAD,
        /** The message names an algorithm other than its key's. */
        ALGORITHM_MISMATCH,
        /** A key whose parts are missing, of wrong length, off the curve, or do not belong together. */
        INVALID_KEY,
        /** A key whose {@code alg} or {@code key_ops} does not allow this use. */
        KEY_USE_REFUSED,
        /** The signature, MAC or authentication tag does not verify. */
        BAD_SIGNATURE
    }

    public CoseException(Reason reason, String message) {
        // Anybody can send what is refused, again and again: a stack trace would cost more than the refusal.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of refusal. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
