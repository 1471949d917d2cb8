package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A JWT access token for one audience. Immutable; its text leaves only by {@link #authorization()}. */
public final class BearerToken {
    private final String authorization;
    private final Instant expiresAt;

    /** @param compact the JWS compact serialization, RFC 7515 §7.1 */
    public BearerToken(String compact, Instant expiresAt) {
        this.authorization = "Bearer " + requireNonNull(compact, "compact");
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
    }

    /** The value of the {@code Authorization} header, RFC 6750 §2.1. */
    public String authorization() {
        return authorization;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted, expiresAt=" + expiresAt + "]";
    }
}
