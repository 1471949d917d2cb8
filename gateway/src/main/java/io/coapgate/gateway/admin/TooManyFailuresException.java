package io.coapgate.gateway.admin;

/** A client has to wait before it may authenticate again. */
final class TooManyFailuresException extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyFailuresException() {
        super("too many failed authentications", null, false, false);
    }
}
