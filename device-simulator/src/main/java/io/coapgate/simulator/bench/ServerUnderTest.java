package io.coapgate.simulator.bench;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * A server to measure, running.
 *
 * @param pid whose processor time counts
 */
record ServerUnderTest(Contender contender, long pid, InetSocketAddress address) {
    ServerUnderTest {
        requireNonNull(contender, "contender");
        requireNonNull(address, "address");
    }

    /** Whether devices upload a CWT first. */
    boolean takesTokens() {
        return contender == Contender.COAPGATE;
    }

    /** For messages. */
    String name() {
        return contender.title();
    }
}
