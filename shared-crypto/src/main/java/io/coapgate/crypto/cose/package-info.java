/**
 * COSE (RFC 9052, RFC 9053) read strictly: single-signer signatures, MACs and keys. Imports the JDK, the CBOR library
 * and {@code crypto.key}.
 */
@NullMarked
package io.coapgate.crypto.cose;

import org.jspecify.annotations.NullMarked;
