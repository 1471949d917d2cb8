/**
 * Messages of ACE-OAuth (RFC 9200, RFC 9201) and of concise problem details (RFC 9290) as CBOR. Imports the JDK, the
 * CBOR library and the packages {@code key}, {@code cose} and {@code cwt} beside it.
 */
@NullMarked
package io.coapgate.crypto.ace;

import org.jspecify.annotations.NullMarked;
