package io.coapgate.simulator.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Which client has which port towards the server. Bounded; used by the proxy's thread only. */
final class Nat {
    private static final int MAX_CLIENTS = 50_000;

    private final InetSocketAddress server;
    private final Selector selector;
    private final Map<InetSocketAddress, Client> clients = new HashMap<>();

    Nat(InetSocketAddress server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    /**
     * The client of that address, with a port; empty if there are too many, or no more sockets are to be had.
     *
     * @param birth makes the client of this number, by order of appearance
     */
    Optional<Client> client(
            InetSocketAddress address, IntFunction<Client> birth, Impairments impairments, long nowNanos)
            throws IOException {
        Client known = clients.get(address);
        if (known == null) {
            if (clients.size() >= MAX_CLIENTS) {
                return Optional.empty();
            }
            known = birth.apply(clients.size());
            clients.put(address, known);
        } else if (known.isSilentFor(impairments.mappingTimeout(), nowNanos)) {
            known.unmap();
        }
        return known.port().isPresent() || map(known) ? Optional.of(known) : Optional.empty();
    }

    /** Gives one client, or all, another port; the answer is how many had one. */
    int rebind(Optional<InetSocketAddress> address) throws IOException {
        List<Client> chosen = address.isEmpty()
                ? List.copyOf(clients.values())
                : Optional.ofNullable(clients.get(address.get())).map(List::of).orElse(List.of());
        int count = 0;
        for (Client client : chosen) {
            if (client.port().isPresent()) {
                if (!map(client)) {
                    client.unmap();
                }
                count++;
            }
        }
        return count;
    }

    void forgetSilent(Impairments impairments, long nowNanos) throws IOException {
        if (impairments.mappingTimeout().isPresent()) {
            for (Client client : clients.values()) {
                if (client.isSilentFor(impairments.mappingTimeout(), nowNanos)) {
                    client.unmap();
                }
            }
        }
    }

    /** The new port is taken while the client still has the old one, so that they differ. False if there are no more. */
    private boolean map(Client client) throws IOException {
        DatagramChannel fresh;
        try {
            fresh = Sockets.connect(server, selector, client);
        } catch (IOException e) {
            return false;
        }
        client.map(fresh);
        return true;
    }
}
