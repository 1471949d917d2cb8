package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;

/** Which tokens have been taken back before their end. Thread-safe; answers at once. */
@FunctionalInterface
public interface RevokedTokens {
    RevokedTokens NONE = token -> false;

    boolean isRevoked(VerifiedCwt token);
}
