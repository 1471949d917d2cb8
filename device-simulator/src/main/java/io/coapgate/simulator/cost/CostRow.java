package io.coapgate.simulator.cost;

/**
 * What a device of one kind pays.
 *
 * @param tokenBytes of its CWT, 0 without
 * @param cold from switched on to the first answer: handshake, token, request
 * @param resumed the next request after the session was resumed by an abbreviated handshake, a token uploaded again
 *     included where the gateway asks for it
 * @param warm one request more, with a connection ID
 * @param largestDatagram in either direction
 */
public record CostRow(
        KeyKind key, TokenWay way, int tokenBytes, Cost cold, Cost resumed, Cost warm, long largestDatagram) {

    /** Of all three together. */
    long datagrams() {
        return cold.datagrams() + resumed.datagrams() + warm.datagrams();
    }
}
