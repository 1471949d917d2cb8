package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** No JWT could be had for a request that was granted. */
public final class TokenExchangeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    public TokenExchangeException(Refusal reason, String detail, @Nullable Throwable cause) {
        super(requireNonNull(detail, "detail"), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Refusal reason() {
        return reason;
    }
}
