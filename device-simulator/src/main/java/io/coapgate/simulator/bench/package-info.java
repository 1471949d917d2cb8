/**
 * Measures what the gateway costs beside a bare CoAP server that does nothing else, by the same client in the same run.
 * Imports the JDK, shared-crypto, Californium, Scandium, and the device and launch packages.
 */
@NullMarked
package io.coapgate.simulator.bench;

import org.jspecify.annotations.NullMarked;
