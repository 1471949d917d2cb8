package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** An access token for one audience, most often a JWT. Immutable; its text leaves only by {@link #authorization()}. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    /** Of a request that authenticates otherwise, or not at all: nothing is sent for it. */
    static final BearerToken NONE = new BearerToken("", Instant.MAX);

    private final String authorization;
    private final Instant expiresAt;

    /** @param compact a JWS in compact serialization, RFC 7515 §7.1, or what else RFC 6750 §2.1 calls a b64token */
    public BearerToken(String compact, Instant expiresAt) {
        this.authorization = SCHEME + requireNonNull(compact, "compact");
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
    }

    /** The same token, of which no use is made after this time either. */
    public BearerToken until(Instant end) {
        return end.isBefore(expiresAt) ? new BearerToken(authorization.substring(SCHEME.length()), end) : this;
    }

    /** Whether it is this token, however long use is made of either. */
    public boolean isSameAs(BearerToken other) {
        return authorization.equals(other.authorization);
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
