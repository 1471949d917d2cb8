package io.coapgate.simulator.cost;

import io.coapgate.simulator.fault.Direction;
import io.coapgate.simulator.fault.ImpairmentProxy;
import io.coapgate.simulator.fault.LinkCounts;

/**
 * What went over the wire as UDP payload, as the device sees it.
 *
 * @param sent datagrams, and so is {@code received}
 */
public record Cost(long sent, long sentBytes, long received, long receivedBytes) {
    public long bytes() {
        return sentBytes + receivedBytes;
    }

    public long datagrams() {
        return sent + received;
    }

    /** All that has gone through the proxy so far. */
    static Cost through(ImpairmentProxy proxy) {
        LinkCounts out = proxy.counts(Direction.TO_SERVER);
        LinkCounts in = proxy.counts(Direction.TO_CLIENT);
        return new Cost(out.received(), out.receivedBytes(), in.received(), in.receivedBytes());
    }

    Cost minus(Cost earlier) {
        return new Cost(
                sent - earlier.sent,
                sentBytes - earlier.sentBytes,
                received - earlier.received,
                receivedBytes - earlier.receivedBytes);
    }

    /** One of as many equal ones. */
    Cost per(int count) {
        return new Cost(sent / count, sentBytes / count, received / count, receivedBytes / count);
    }
}
