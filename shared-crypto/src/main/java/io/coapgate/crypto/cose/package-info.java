/**
 * COSE (RFC 9052, RFC 9053) read strictly: messages with one signature, MAC or encryption, and keys. Imports the JDK, the
 * CBOR library, Bouncy Castle for AES-CCM, and {@code crypto.key}.
 */
@NullMarked
package io.coapgate.crypto.cose;

import org.jspecify.annotations.NullMarked;
