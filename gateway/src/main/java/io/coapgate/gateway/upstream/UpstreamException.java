package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** No complete response came back; {@link #reason()} is one of the {@code UPSTREAM_…} refusals. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final String detail;

    /** @param detail for the operator: words of the gateway's own, nothing that the upstream sent and no URL */
    public UpstreamException(Refusal reason, String detail) {
        this(reason, detail, null);
    }

    public UpstreamException(Refusal reason, String detail, @Nullable Throwable cause) {
        super(requireNonNull(detail, "detail"), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.detail = detail;
    }

    public Refusal reason() {
        return reason;
    }

    /** What went wrong, in words that may be logged. */
    public String detail() {
        return detail;
    }
}
