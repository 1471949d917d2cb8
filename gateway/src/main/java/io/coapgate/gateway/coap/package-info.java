/**
 * The CoAP edge: Californium on one side, device requests and responses on the other. Imports {@code exchange} and
 * below, and Californium; never another edge.
 */
@NullMarked
package io.coapgate.gateway.coap;

import org.jspecify.annotations.NullMarked;
