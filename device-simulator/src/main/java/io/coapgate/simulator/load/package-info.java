/**
 * A fleet of simulated devices that puts a gateway under load, on a schedule or as fast as it answers, and a record of how
 * that went. Imports the JDK, shared-crypto, HdrHistogram, the progress bar, and the device, launch and run packages.
 */
@NullMarked
package io.coapgate.simulator.load;

import org.jspecify.annotations.NullMarked;
