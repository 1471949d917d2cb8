/**
 * CBOR Web Tokens (RFC 8392, RFC 8747): claims, issuing them, and the verifier that alone makes a {@link
 * io.coapgate.crypto.cwt.VerifiedCwt}. Imports the JDK, the CBOR library, {@code crypto.key} and {@code crypto.cose}.
 */
@NullMarked
package io.coapgate.crypto.cwt;

import org.jspecify.annotations.NullMarked;
