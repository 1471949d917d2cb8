/**
 * The demonstration: a gateway, a service and three devices on loopback, what they say to each other, and how to join in by
 * hand. Imports the JDK, shared-crypto, Jackson, and the device, upstream and launch packages.
 */
@NullMarked
package io.coapgate.simulator.demo;

import org.jspecify.annotations.NullMarked;
