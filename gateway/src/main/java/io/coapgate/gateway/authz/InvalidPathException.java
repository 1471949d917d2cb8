package io.coapgate.gateway.authz;

import io.coapgate.gateway.refusal.Refusal;

/** A device's path or query that must not be sent anywhere. The message is for the operator, without the path. */
public final class InvalidPathException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    InvalidPathException(Refusal reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** {@code PATH_INVALID} or {@code QUERY_INVALID}. */
    public Refusal reason() {
        return reason;
    }
}
