package io.coapgate.crypto.cose;

/** Checks signatures or MACs with one key. Thread-safe. */
@FunctionalInterface
interface Checker {

    /** Whether this is the signature or MAC of those bytes; of the right length, the caller has seen to. */
    boolean accepts(byte[] authenticated, byte[] authenticator);
}
