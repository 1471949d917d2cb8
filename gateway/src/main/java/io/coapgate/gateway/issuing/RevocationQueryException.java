package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.RevocationListError;

/** A query of the revocation list that makes no sense. */
public final class RevocationQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RevocationListError error;

    public RevocationQueryException(RevocationListError error) {
        super(error.kind().name(), null, false, false);
        this.error = requireNonNull(error, "error");
    }

    public RevocationListError error() {
        return error;
    }
}
