package io.coapgate.gateway.issuing;

import java.io.IOException;
import java.time.Instant;

/** The JWTs that their clients have revoked (RFC 7009), by {@code jti}, until they end. Thread-safe; may wait for a disk. */
public interface RevokedJwts {
    /**
     * Revokes a token. When this returns, a restart doesn't undo it.
     *
     * @throws IOException if it can't be recorded, or there are too many: the token is not revoked then
     */
    void add(String id, Instant expiresAt) throws IOException;

    /** @throws IOException if that can't be told now */
    boolean contains(String id) throws IOException;
}
