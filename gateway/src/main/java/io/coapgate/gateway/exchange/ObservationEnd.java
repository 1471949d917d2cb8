package io.coapgate.gateway.exchange;

import java.util.Locale;

/** Why a device's observation (RFC 7641) has ended. {@link #code()} is stable: logs, metrics and the documentation use it. */
public enum ObservationEnd {
    /** The device said so, with Observe 1. */
    CANCELLED,
    /** The device answered a notification with a reset. */
    REJECTED,
    /** The device registered anew. */
    REPLACED,
    /** A confirmable notification was not acknowledged, or could not be sent. */
    UNREACHABLE,
    /** The DTLS session has ended. */
    DISCONNECTED,
    /** What allowed it has ended: the token, the credential, a scope, or the device's enrolment. */
    UNAUTHORIZED,
    /** The upstream answered with an error, or not at all for too long. */
    UPSTREAM,
    /** The upstream changed the content-format, which RFC 7641 §4.2 does not allow. */
    FORMAT_CHANGED,
    SHUTDOWN;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The stable code, for example {@code cancelled}. */
    public String code() {
        return code;
    }
}
