/**
 * Observations (RFC 7641): who observes what, how changes upstream are noticed, and when a device may be told. Imports
 * {@code exchange} and below, and no edge: how a notification reaches the device is the edge's part.
 */
@NullMarked
package io.coapgate.gateway.observe;

import org.jspecify.annotations.NullMarked;
