package io.coapgate.simulator.bench;

import java.net.InetSocketAddress;

/**
 * A server to measure.
 *
 * @param name for the table
 * @param pid whose processor time counts
 * @param takesTokens whether devices upload a CWT first
 */
record ServerUnderTest(String name, long pid, InetSocketAddress address, boolean takesTokens) {}
