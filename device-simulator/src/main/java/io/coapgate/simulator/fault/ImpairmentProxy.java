package io.coapgate.simulator.fault;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A network between clients and one server on loopback: clients send to {@link #address()}, and to the server each seems
 * to come from a port of its own, as behind a NAT. What happens to datagrams follows from the seed: the fate of the n-th
 * datagram of the k-th client in a direction is the same in each run with the same shares.
 *
 * <p>One thread does it all, with bounded queues; delays are exact to about a millisecond. Thread-safe.
 */
public final class ImpairmentProxy implements AutoCloseable {
    private final InetSocketAddress address;
    private final Roads roads;
    private final RelayThread relay;

    private ImpairmentProxy(InetSocketAddress address, Roads roads, RelayThread relay) {
        this.address = address;
        this.roads = roads;
        this.relay = relay;
    }

    /**
     * Starts one on a port of loopback that the system chooses.
     *
     * @throws IOException if there is no socket to be had
     */
    public static ImpairmentProxy start(InetSocketAddress server, Impairments impairments, long seed)
            throws IOException {
        return start(server, impairments, seed, System::nanoTime);
    }

    static ImpairmentProxy start(InetSocketAddress server, Impairments impairments, long seed, LongSupplier nanoTime)
            throws IOException {
        requireNonNull(impairments, "impairments");
        if (server.isUnresolved()) {
            throw new IllegalArgumentException("the server's address is not resolved: " + server);
        }
        Selector selector = Selector.open();
        try {
            DatagramChannel front = Sockets.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), selector);
            Roads roads = new Roads(seed);
            Relay relay = new Relay(front, new Nat(server, selector), roads, nanoTime.getAsLong());
            InetSocketAddress address = (InetSocketAddress) front.getLocalAddress();
            return new ImpairmentProxy(address, roads, RelayThread.start(relay, selector, impairments, nanoTime));
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Where clients send to. */
    public InetSocketAddress address() {
        return address;
    }

    /** Changes what happens to datagrams that come from now on; those under way keep their fate. */
    public void set(Impairments impairments) {
        relay.set(requireNonNull(impairments, "impairments"));
    }

    /**
     * Gives every client another port towards the server, as a NAT that was restarted does. What the server sends to the
     * old ones is lost.
     *
     * @return how many had one
     */
    public int rebind() {
        return relay.rebind(Optional.empty());
    }

    /**
     * Does so for one client.
     *
     * @param client the address that it sends from
     * @return whether it had a port
     */
    public boolean rebind(InetSocketAddress client) {
        return relay.rebind(Optional.of(client)) > 0;
    }

    /** What happened in that direction so far. */
    public LinkCounts counts(Direction direction) {
        return roads.counters(direction).counts();
    }

    /** Frees all sockets; what is under way is lost. */
    @Override
    public void close() {
        relay.close();
    }
}
