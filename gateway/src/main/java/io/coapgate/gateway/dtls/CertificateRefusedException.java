package io.coapgate.gateway.dtls;

import io.coapgate.gateway.refusal.Refusal;

/** A certificate that proves nothing here, whoever holds its key. */
final class CertificateRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    CertificateRefusedException(Refusal reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }
}
