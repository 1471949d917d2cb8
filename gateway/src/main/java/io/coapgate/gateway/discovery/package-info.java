/**
 * What a device may use, as a list of links that it can search: RFC 6690. Imports {@code exchange} and below; handlers are
 * functions of a device request and know nothing of the CoAP library.
 */
@NullMarked
package io.coapgate.gateway.discovery;

import org.jspecify.annotations.NullMarked;
