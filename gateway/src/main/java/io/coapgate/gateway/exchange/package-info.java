/**
 * One device request through the house, from authenticated request to response. Imports every package below and no
 * edge.
 */
@NullMarked
package io.coapgate.gateway.exchange;

import org.jspecify.annotations.NullMarked;
