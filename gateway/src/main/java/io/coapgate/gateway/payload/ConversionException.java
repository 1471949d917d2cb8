package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

/** A payload that has no form on the other side. The message quotes nothing of it. */
final class ConversionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, before it is known whose payload it is. */
    enum Fault {
        /** Not what the media type says. */
        MALFORMED,
        /** Well-formed and valid, but the other form can't say it without loss. */
        INEXPRESSIBLE,
        /** Nested too deeply, of too many items, or with too long a result. */
        TOO_LARGE
    }

    private final Fault fault;

    private ConversionException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = requireNonNull(fault, "fault");
    }

    static ConversionException malformed(String message) {
        return new ConversionException(Fault.MALFORMED, message);
    }

    static ConversionException inexpressible(String message) {
        return new ConversionException(Fault.INEXPRESSIBLE, message);
    }

    static ConversionException tooLarge(String message) {
        return new ConversionException(Fault.TOO_LARGE, message);
    }

    Fault fault() {
        return fault;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
