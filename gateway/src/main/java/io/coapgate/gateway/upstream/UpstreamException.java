package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** No complete response came back; {@link #reason()} is one of the {@code UPSTREAM_…} refusals. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    public UpstreamException(Refusal reason, String detail) {
        this(reason, detail, null);
    }

    public UpstreamException(Refusal reason, String detail, @Nullable Throwable cause) {
        super(requireNonNull(detail, "detail"), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Refusal reason() {
        return reason;
    }
}
