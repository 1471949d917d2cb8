/**
 * Measures what the gateway costs beside its peers, by the same client in the same run.
 * Imports the JDK, shared-crypto, Californium, Scandium, HdrHistogram, and the device and launch packages.
 */
@NullMarked
package io.coapgate.simulator.bench;

import org.jspecify.annotations.NullMarked;
