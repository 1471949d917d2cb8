package io.coapgate.simulator.device;

/** A request that got no answer. */
public final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there was none. */
    public enum Reason {
        /** The DTLS handshake failed or was not answered. */
        HANDSHAKE_FAILED("handshake failed"),
        /** Neither acknowledged nor answered in time. */
        TIMEOUT("timeout"),
        /** Answered with a reset (RFC 7252 §4.2). */
        RESET("reset"),
        /** The datagram could not be sent, or the device was closed. */
        NOT_SENT("not sent");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** A few plain words. */
        public String text() {
            return text;
        }
    }

    private final Reason reason;

    NoAnswerException(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    NoAnswerException(Reason reason, Throwable cause) {
        super(reason.text(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
