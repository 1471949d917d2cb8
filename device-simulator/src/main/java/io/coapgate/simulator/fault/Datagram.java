package io.coapgate.simulator.fault;

/** A datagram under way; used by the proxy's thread only. */
final class Datagram implements Comparable<Datagram> {
    private final Client client;
    private final Direction direction;
    private final byte[] bytes;
    private final long dueNanos;
    private final long sequence;
    private boolean withdrawn;

    /** @param sequence decides between two that are due at the same time */
    Datagram(Client client, Direction direction, byte[] bytes, long dueNanos, long sequence) {
        this.client = client;
        this.direction = direction;
        this.bytes = bytes;
        this.dueNanos = dueNanos;
        this.sequence = sequence;
    }

    Client client() {
        return client;
    }

    Direction direction() {
        return direction;
    }

    byte[] bytes() {
        return bytes;
    }

    long dueNanos() {
        return dueNanos;
    }

    /** Another one goes in its place. */
    void withdraw() {
        withdrawn = true;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    @Override
    public int compareTo(Datagram other) {
        int byTime = Long.signum(dueNanos - other.dueNanos); // the difference is right over an overflow too
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
}
