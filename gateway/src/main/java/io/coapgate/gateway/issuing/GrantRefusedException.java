package io.coapgate.gateway.issuing;

import io.coapgate.gateway.refusal.Refusal;

/** One step towards a token says no. */
public final class GrantRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    GrantRefusedException(Refusal reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
