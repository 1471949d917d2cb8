package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import java.util.Objects;

/** One reason to refuse a token, with what is wrong in words. */
public record CwtRefusal(Reason reason, String message) {

    public CwtRefusal {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    static CwtRefusal of(InvalidCwtException refusal) {
        return new CwtRefusal(refusal.reason(), Objects.requireNonNullElse(refusal.getMessage(), ""));
    }
}
