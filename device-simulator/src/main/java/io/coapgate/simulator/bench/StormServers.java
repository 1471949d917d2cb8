package io.coapgate.simulator.bench;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers that devices with one kind of handshake connect to: the gateway, which its owner ends, and bare servers that
 * run until this is closed.
 */
final class StormServers implements AutoCloseable {
    private final List<StormServer> servers = new ArrayList<>();
    private final List<PeerProcess> peers = new ArrayList<>();

    private StormServers() {}

    /** Starts the bare servers, and waits until they are ready; a second one where keys are asymmetric. */
    static StormServers beside(LocalGateway gateway, HandshakeKind kind, String keys, JavaCommand java)
            throws IOException, InterruptedException {
        StormServers started = new StormServers();
        String listener = kind == HandshakeKind.RPK ? "rpk" : "psk";
        started.servers.add(
                new StormServer(StormServer.COAPGATE, gateway.process().pid(), gateway.coaps(listener), true));
        try {
            started.add(StormServer.BARE, kind, CryptoProvider.AUTO, keys, java);
            if (kind != HandshakeKind.PSK) {
                started.add(StormServer.BARE_JDK, kind, CryptoProvider.JDK, keys, java);
            }
            return started;
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void add(String title, HandshakeKind kind, CryptoProvider provider, String keys, JavaCommand java)
            throws IOException, InterruptedException {
        PeerProcess peer = PeerProcess.start(
                BareServer.class.getName(),
                ready -> new PeerArguments(ready, kind, provider, Optional.empty()),
                keys,
                java);
        peers.add(peer);
        servers.add(new StormServer(title, peer.pid(), peer.awaitReady(), false));
    }

    /** The gateway first. */
    List<StormServer> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() throws IOException {
        for (PeerProcess peer : peers) {
            peer.close();
        }
    }
}
