package io.coapgate.simulator.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One address on the inner side of the NAT, and its port on the outer side while it has one. Used by the proxy's thread only. */
final class Client {
    private final InetSocketAddress address;
    private final Flow toServer;
    private final Flow toClient;
    private @Nullable DatagramChannel port;
    private long lastUsedNanos;

    Client(InetSocketAddress address, Flow toServer, Flow toClient) {
        this.address = address;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    InetSocketAddress address() {
        return address;
    }

    Optional<DatagramChannel> port() {
        return Optional.ofNullable(port);
    }

    /** Gives it this port, and closes the one that it had. */
    void map(DatagramChannel fresh) throws IOException {
        unmap();
        port = fresh;
    }

    /** Takes the port away; what the server sends there is lost. */
    void unmap() throws IOException {
        if (port != null) {
            port.close();
            port = null;
        }
    }

    void admit(Direction direction, byte[] bytes, Impairments impairments, long nowNanos) {
        lastUsedNanos = nowNanos;
        Flow flow = direction == Direction.TO_SERVER ? toServer : toClient;
        flow.admit(this, bytes, nowNanos, impairments.of(direction));
    }

    boolean isSilentFor(Optional<Duration> timeout, long nowNanos) {
        // now − last == timeout: forgotten
        return timeout.isPresent() && nowNanos - lastUsedNanos >= timeout.get().toNanos();
    }
}
