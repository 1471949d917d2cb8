package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;

/**
 * A payload can't cross. {@link #reason()} says what the device is to be told; the message says what is wrong with the
 * payload, for the operator, and quotes nothing of it.
 */
public final class PayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final String detail;

    PayloadException(Refusal reason, String message) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.detail = requireNonNull(message, "message");
    }

    /** What is wrong with the payload, in words that may be logged: nothing of it. */
    public String detail() {
        return detail;
    }

    public Refusal reason() {
        return reason;
    }
}
