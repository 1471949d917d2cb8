package io.coapgate.simulator.bench;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.LocalGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers to measure, all running, each a process of its own; those that forward, forward to the same service. */
final class WarmServers implements AutoCloseable {
    private static final String LISTENER = "psk";

    private final LocalGateway gateway;
    private final List<PeerProcess> peers = new ArrayList<>();
    private final List<ServerUnderTest> servers = new ArrayList<>();

    private WarmServers(LocalGateway gateway) {
        this.gateway = gateway;
    }

    /** Starts them, and waits until all are ready. */
    static WarmServers start(
            List<Contender> contenders, List<DeviceProfile> devices, JavaCommand java, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException, InterruptedException {
        GatewaySetup setup = BenchGateway.setup(clock, random);
        LocalGateway gateway = BenchGateway.start(setup, devices, java, clock);
        WarmServers servers = new WarmServers(gateway);
        try {
            String keys = PeerKeys.format(setup.keys(), devices);
            for (Contender contender : contenders) {
                servers.servers.add(
                        contender == Contender.COAPGATE ? servers.gateway() : servers.peer(contender, keys, java));
            }
            return servers;
        } catch (KeyFormatException e) {
            servers.close();
            throw new GeneralSecurityException("a key can't be written", e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private ServerUnderTest gateway() {
        return new ServerUnderTest(Contender.COAPGATE, gateway.process().pid(), gateway.coaps(LISTENER));
    }

    private ServerUnderTest peer(Contender contender, String keys, JavaCommand java)
            throws IOException, InterruptedException {
        Optional<InetSocketAddress> service = contender.forwards()
                ? Optional.of(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), gateway.upstream().port()))
                : Optional.empty();
        PeerProcess process = PeerProcess.start(
                contender.program(),
                ready -> new PeerArguments(ready, HandshakeKind.PSK, CryptoProvider.AUTO, service),
                keys,
                java);
        peers.add(process);
        return new ServerUnderTest(contender, process.pid(), process.awaitReady());
    }

    /** In the order that was asked for. */
    List<ServerUnderTest> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() throws IOException {
        try {
            for (PeerProcess peer : peers) {
                peer.close();
            }
        } finally {
            gateway.close();
        }
    }
}
