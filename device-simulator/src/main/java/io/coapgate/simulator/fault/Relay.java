package io.coapgate.simulator.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Takes datagrams from the sockets of both sides, and puts them out when they are due. Used by the proxy's thread only. */
final class Relay {
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    /** Whoever sends much must not keep the others waiting. */
    private static final int BATCH = 64;

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DatagramChannel front;
    private final Nat nat;
    private final Roads roads;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private long forgotNanos;

    /** @param front where the clients send to */
    Relay(DatagramChannel front, Nat nat, Roads roads, long nowNanos) {
        this.front = front;
        this.nat = nat;
        this.roads = roads;
        this.forgotNanos = nowNanos;
    }

    /** Handles what has been selected, then what is due. */
    void turn(Set<SelectionKey> selected, Impairments impairments, long nowNanos) throws IOException {
        for (SelectionKey key : selected) {
            if (key.attachment() instanceof Client client) {
                receiveFor(client, impairments, nowNanos);
            } else {
                receiveFromClients(impairments, nowNanos);
            }
        }
        selected.clear();
        Transit transit = roads.transit();
        for (Optional<Datagram> due = transit.due(nowNanos); due.isPresent(); due = transit.due(nowNanos)) {
            deliver(due.get());
        }
        if (nowNanos - forgotNanos >= IDLE_NANOS) {
            forgotNanos = nowNanos;
            nat.forgetSilent(impairments, nowNanos);
        }
    }

    /** How long the next turn can wait if nothing comes. */
    long idleNanos(long nowNanos) {
        return roads.transit().nanosToNext(nowNanos, IDLE_NANOS);
    }

    int rebind(Optional<InetSocketAddress> client) throws IOException {
        return nat.rebind(client);
    }

    private void receiveFromClients(Impairments impairments, long nowNanos) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) front.receive(buffer);
            if (from == null) {
                return;
            }
            IntFunction<Client> birth = number ->
                    new Client(from, roads.flow(number, Direction.TO_SERVER), roads.flow(number, Direction.TO_CLIENT));
            Optional<Client> client = nat.client(from, birth, impairments, nowNanos);
            if (client.isPresent()) {
                client.get().admit(Direction.TO_SERVER, received(), impairments, nowNanos);
            } else {
                roads.counters(Direction.TO_SERVER).overflowed();
            }
        }
    }

    private void receiveFor(Client client, Impairments impairments, long nowNanos) throws IOException {
        for (int i = 0; i < BATCH && client.port().isPresent(); i++) {
            buffer.clear();
            if (!read(client.port().get())) {
                return;
            }
            if (client.isSilentFor(impairments.mappingTimeout(), nowNanos)) {
                client.unmap();
                roads.counters(Direction.TO_CLIENT).overflowed();
            } else {
                client.admit(Direction.TO_CLIENT, received(), impairments, nowNanos);
            }
        }
    }

    /** Whether there was something to read. Nobody listens at the server: as good as nothing. */
    private boolean read(DatagramChannel port) {
        try {
            return port.read(buffer) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private byte[] received() {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private void deliver(Datagram datagram) {
        int sent = 0;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(datagram.bytes());
            if (datagram.direction() == Direction.TO_CLIENT) {
                sent = front.send(bytes, datagram.client().address());
            } else if (datagram.client().port().isPresent()) {
                sent = write(datagram.client().port().get(), bytes);
            }
        } catch (IOException e) {
            // Nobody listens there any more; a network would not know either.
        }
        if (sent > 0) {
            roads.counters(datagram.direction()).delivered(sent);
        } else {
            roads.counters(datagram.direction()).overflowed();
        }
    }

    /** The system refuses a datagram when nobody was there for the one before, of which this one need not suffer. */
    private static int write(DatagramChannel port, ByteBuffer bytes) throws IOException {
        try {
            return port.write(bytes);
        } catch (PortUnreachableException e) {
            return port.write(bytes);
        }
    }
}
