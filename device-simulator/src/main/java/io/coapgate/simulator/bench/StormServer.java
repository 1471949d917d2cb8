package io.coapgate.simulator.bench;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * A server that devices connect to, running.
 *
 * @param title for the table
 * @param pid whose processor time counts
 * @param takesTokens whether devices upload a CWT first
 */
record StormServer(String title, long pid, InetSocketAddress address, boolean takesTokens) {
    static final String COAPGATE = "coapgate";
    static final String BARE = "bare";
    static final String BARE_JDK = "bare, JDK's provider";

    StormServer {
        requireNonNull(title, "title");
        requireNonNull(address, "address");
    }
}
