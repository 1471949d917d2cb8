package io.coapgate.gateway.issuing;

import io.coapgate.gateway.token.IssuerKeySource;

/**
 * The keys of the gateway's own authorization server: for each purpose one that makes tokens now, and, as a source of keys,
 * all whose tokens are still accepted. Thread-safe; never blocks.
 */
public interface IssuerKeyRing extends IssuerKeySource {
    /** Makes the tokens that are for the gateway itself, with a MAC. */
    IssuerKey macKey();

    /** Makes the tokens that other resource servers verify, with a signature. */
    IssuerKey signatureKey();
}
