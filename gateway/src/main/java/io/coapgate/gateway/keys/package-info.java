/**
 * The life of the keys that the gateway makes for itself: published first, then used, then published a while longer. Imports
 * {@code crypto} only; it knows neither files nor what the keys sign.
 */
@NullMarked
package io.coapgate.gateway.keys;

import org.jspecify.annotations.NullMarked;
