/**
 * The ACE-OAuth resources that the gateway itself answers, RFC 9200. Imports {@code exchange} and below; handlers are
 * functions of a device request and know nothing of the CoAP library.
 */
@NullMarked
package io.coapgate.gateway.ace;

import org.jspecify.annotations.NullMarked;
