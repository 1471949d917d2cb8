package io.coapgate.simulator.fault;

/**
 * What happened in one direction so far.
 *
 * @param received datagrams that came in
 * @param receivedBytes their UDP payload
 * @param largestBytes the largest of them
 * @param lost by chance
 * @param duplicated sent twice by chance
 * @param reordered overtaken by the next one of the same client
 * @param overflowed dropped since too many were under way, a socket took no more, or there was no port for their client
 * @param delivered datagrams that went out, copies included
 * @param deliveredBytes their UDP payload
 */
public record LinkCounts(
        long received,
        long receivedBytes,
        long largestBytes,
        long lost,
        long duplicated,
        long reordered,
        long overflowed,
        long delivered,
        long deliveredBytes) {}
