/**
 * A network that loses, repeats, delays and reorders datagrams and whose NAT forgets, between devices and a server on
 * loopback. Imports the JDK only.
 */
@NullMarked
package io.coapgate.simulator.fault;

import org.jspecify.annotations.NullMarked;
