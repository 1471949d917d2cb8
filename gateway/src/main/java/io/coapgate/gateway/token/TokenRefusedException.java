package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** A CWT was not admitted to a session; {@link #reason()} is one of the {@code TOKEN_…} refusals. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    TokenRefusedException(Refusal reason) {
        this(reason, null);
    }

    TokenRefusedException(Refusal reason, @Nullable Throwable cause) {
        super(reason.code(), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Refusal reason() {
        return reason;
    }
}
