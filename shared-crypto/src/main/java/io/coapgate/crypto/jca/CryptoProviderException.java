package io.coapgate.crypto.jca;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** This process cannot have the cryptography that it was asked to have; it should not start. */
public final class CryptoProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong; the names are stable. */
    public enum Reason {
        /** The native provider is not on the class path. */
        NATIVE_ABSENT,
        /** The native provider is there, but its library could not be loaded: wrong platform, or no place to unpack it. */
        NATIVE_UNLOADABLE,
        /** The native provider's own self-test failed. */
        NATIVE_SELF_TEST_FAILED,
        /** A forged signature was accepted, or a genuine one refused. */
        SIGNATURES_UNSOUND
    }

    private final Reason reason;

    CryptoProviderException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
