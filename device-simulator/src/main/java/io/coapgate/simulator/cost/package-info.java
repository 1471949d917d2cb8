/**
 * What a device pays, in bytes and datagrams, for a cold start, a resumed session and a warm request, by credential and
 * token. Imports the JDK, shared-crypto, and the device, fault and launch packages.
 */
@NullMarked
package io.coapgate.simulator.cost;

import org.jspecify.annotations.NullMarked;
