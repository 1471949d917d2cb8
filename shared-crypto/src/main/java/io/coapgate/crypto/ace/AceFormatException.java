package io.coapgate.crypto.ace;

/** A message that is not what its content format says. The message repeats nothing of the content. */
public final class AceFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of fault; the names are stable. */
    public enum Reason {
        /** More bytes, deeper nesting or more items than allowed. */
        TOO_LARGE,
        /** Not strict CBOR, or not a map. */
        MALFORMED,
        /** A parameter that must be there is not. */
        MISSING_PARAMETER,
        /** A parameter of the wrong type, or out of range. */
        INVALID_PARAMETER
    }

    public AceFormatException(Reason reason, String message) {
        // Anybody can send what is refused, again and again: a stack trace would cost more than the refusal.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }
}
