/**
 * One simulated device: its credential, its DTLS session, its CWTs, and the requests it sends and measures. Imports the
 * JDK, shared-crypto, Californium and Scandium.
 */
@NullMarked
package io.coapgate.simulator.device;

import org.jspecify.annotations.NullMarked;
