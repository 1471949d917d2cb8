/**
 * Runs a gateway as its operator would: writes its configuration and keys, starts its jar as a child process, and stops it
 * again. Imports the JDK, shared-crypto, Jackson and the device and upstream packages, never the gateway's classes.
 */
@NullMarked
package io.coapgate.simulator.launch;

import org.jspecify.annotations.NullMarked;
