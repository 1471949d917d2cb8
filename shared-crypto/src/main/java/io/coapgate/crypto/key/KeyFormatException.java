package io.coapgate.crypto.key;

import java.security.GeneralSecurityException;
import java.util.Objects;

/** Key material that can't be read. The message names what is wrong and never repeats any of the material. */
public final class KeyFormatException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of fault; the names are stable. */
    public enum Reason {
        /** More input than any key needs. */
        TOO_LARGE,
        /** Not PEM, or PEM with broken armour. */
        NOT_PEM,
        /** No block of the wanted kind. */
        MISSING_KEY,
        /** More than one block of the wanted kind, so it is unclear which one is meant. */
        AMBIGUOUS,
        /** The bytes inside are not the structure that they should be. */
        MALFORMED,
        /** An algorithm, curve or key size that is not supported. */
        UNSUPPORTED,
        /** A public point off its curve, of small order, or one that does not belong to the private key. */
        INVALID_POINT
    }

    public KeyFormatException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
