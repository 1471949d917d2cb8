package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A key set could not be had, or not be used. The message repeats nothing that a server sent. */
public final class KeySetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of fault; the names are stable. */
    public enum Reason {
        /** The server was not reached, or its answer did not come in time, whole, or short enough. */
        UNREACHABLE,
        /** The server answered with another status than 200; redirects are not followed. */
        STATUS,
        /** The answer is no key set, or has a secret in it. */
        INVALID;

        /** As metrics name it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public KeySetException(Reason reason, @Nullable String message) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
