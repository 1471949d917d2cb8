package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

/** One reason to refuse a JWT, with what is wrong in words. */
public record JwtRefusal(InvalidJwtException.Reason reason, String message) {
    /** Neither part is absent. */
    public JwtRefusal {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
    }
}
