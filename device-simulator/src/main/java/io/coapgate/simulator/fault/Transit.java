package io.coapgate.simulator.fault;

import java.util.Optional;
import java.util.PriorityQueue;

/** The datagrams that are under way, first due first. Bounded; used by the proxy's thread only. */
final class Transit {
    private static final int MAX_DATAGRAMS = 100_000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final PriorityQueue<Datagram> queue = new PriorityQueue<>();
    private long bytes;
    private long sequence;

    /** Takes one, unless too many are under way. */
    Optional<Datagram> add(Client client, Direction direction, byte[] payload, long dueNanos) {
        if (queue.size() >= MAX_DATAGRAMS || bytes + payload.length > MAX_BYTES) {
            return Optional.empty();
        }
        Datagram datagram = new Datagram(client, direction, payload, dueNanos, sequence++);
        queue.add(datagram);
        bytes += payload.length;
        return Optional.of(datagram);
    }

    /** The next one, if it is due. */
    Optional<Datagram> due(long nowNanos) {
        Datagram first = queue.peek();
        while (first != null && first.dueNanos() - nowNanos <= 0) {
            queue.remove();
            bytes -= first.bytes().length;
            if (!first.isWithdrawn()) {
                return Optional.of(first);
            }
            first = queue.peek();
        }
        return Optional.empty();
    }

    /** How long until the next one is due; {@code most} if none is due before. */
    long nanosToNext(long nowNanos, long most) {
        Datagram first = queue.peek();
        return first == null ? most : Math.max(0, Math.min(most, first.dueNanos() - nowNanos));
    }
}
