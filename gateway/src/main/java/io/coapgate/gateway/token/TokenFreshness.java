package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;

/** Whether a genuine token is as new as the gateway wants it. Thread-safe; neither blocks nor takes long. */
@FunctionalInterface
public interface TokenFreshness {
    /** Any age will do. */
    TokenFreshness ANY = token -> true;

    boolean isFresh(VerifiedCwt token);
}
