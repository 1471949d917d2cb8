package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No JWT could be had for a request that was granted. */
public final class TokenExchangeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final @Nullable Duration retryAfter;

    public TokenExchangeException(Refusal reason, String detail, @Nullable Throwable cause) {
        this(reason, detail, cause, null);
    }

    /** @param retryAfter before that, another attempt is in vain */
    public static TokenExchangeException retryAfter(Refusal reason, String detail, Duration retryAfter) {
        return new TokenExchangeException(reason, detail, null, requireNonNull(retryAfter, "retryAfter"));
    }

    private TokenExchangeException(
            Refusal reason, String detail, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(requireNonNull(detail, "detail"), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.retryAfter = retryAfter;
    }

    public Refusal reason() {
        return reason;
    }

    /** How long another attempt would be in vain, more than 0; empty if that is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
