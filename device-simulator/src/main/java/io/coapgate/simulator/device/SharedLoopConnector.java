package io.coapgate.simulator.device;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;

/**
 * A connector without a receiver thread: its socket is one of many that a {@link DatagramLoop} waits at. Thread-safe.
 */
final class SharedLoopConnector extends DTLSConnector {
    private final DatagramLoop loop;
    private final Traffic traffic;
    private volatile @Nullable DatagramChannel channel;

    /** @param config with no receiver threads */
    SharedLoopConnector(DtlsConnectorConfig config, DatagramLoop loop, Traffic traffic) {
        super(config);
        this.loop = loop;
        this.traffic = traffic;
    }

    @Override
    protected void start(InetSocketAddress local) throws IOException {
        if (isRunning()) {
            return;
        }
        DatagramChannel opened = loop.open(local, this::processDatagram);
        channel = opened;
        init(local, opened.socket(), null);
    }

    /** Goes on from another port of the system's choice, as behind a NAT that has forgotten the device. */
    void rebind() throws IOException {
        DatagramChannel old = channel;
        if (old == null) {
            throw new IOException("the device is switched off");
        }
        channel = loop.open(
                new InetSocketAddress(((InetSocketAddress) old.getLocalAddress()).getAddress(), 0),
                this::processDatagram);
        loop.release(old);
    }

    /** The channel does not block: what the system has no room for is lost, as on a network. */
    @Override
    protected void sendNextDatagramOverNetwork(DatagramPacket packet) throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            throw new IOException("the device is switched off");
        }
        int bytes = open.send(
                ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength()), packet.getSocketAddress());
        if (bytes > 0) {
            traffic.sent(bytes);
        }
    }

    @Override
    public void stop() {
        super.stop();
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                loop.release(open);
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
