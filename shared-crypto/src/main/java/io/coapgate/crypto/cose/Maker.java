package io.coapgate.crypto.cose;

import java.security.GeneralSecurityException;

/** Makes signatures or MACs with one key. Thread-safe. */
@FunctionalInterface
interface Maker {

    /** The signature or MAC over these bytes. */
    byte[] authenticate(byte[] authenticated) throws GeneralSecurityException;
}
