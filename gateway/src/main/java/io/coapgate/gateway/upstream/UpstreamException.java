package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No complete response came back; {@link #reason()} is one of the {@code UPSTREAM_…} refusals. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final String detail;
    private final @Nullable Duration retryAfter;

    /** @param detail for the operator: words of the gateway's own, nothing that the upstream sent and no URL */
    public UpstreamException(Refusal reason, String detail) {
        this(reason, detail, null, null);
    }

    public UpstreamException(Refusal reason, String detail, @Nullable Throwable cause) {
        this(reason, detail, cause, null);
    }

    /** @param retryAfter before that, another attempt is in vain */
    public UpstreamException(Refusal reason, String detail, Duration retryAfter) {
        this(reason, detail, null, requireNonNull(retryAfter, "retryAfter"));
    }

    private UpstreamException(Refusal reason, String detail, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(requireNonNull(detail, "detail"), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    public Refusal reason() {
        return reason;
    }

    /** How long another attempt would be in vain, more than 0; empty if that is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What went wrong, in words that may be logged. */
    public String detail() {
        return detail;
    }
}
