package io.coapgate.gateway.issuing;

import io.coapgate.gateway.refusal.Refusal;

/** One step towards a token says no. */
final class GrantRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    GrantRefusedException(Refusal reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }
}
