package io.coapgate.simulator.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Makes the proxy's sockets. */
final class Sockets {
    private static final int FRONT_BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int PORT_BUFFER_BYTES = 256 * 1024;

    private Sockets() {}

    /** The one that all clients send to. */
    static DatagramChannel bind(InetSocketAddress address, Selector selector) throws IOException {
        DatagramChannel front = DatagramChannel.open();
        try {
            prepare(front, FRONT_BUFFER_BYTES);
            front.bind(address);
            front.register(selector, SelectionKey.OP_READ);
            return front;
        } catch (IOException e) {
            front.close();
            throw e;
        }
    }

    /** One that leads from a client to the server. */
    static DatagramChannel connect(InetSocketAddress server, Selector selector, Client client) throws IOException {
        DatagramChannel port = DatagramChannel.open();
        try {
            prepare(port, PORT_BUFFER_BYTES);
            port.connect(server);
            port.register(selector, SelectionKey.OP_READ, client);
            return port;
        } catch (IOException e) {
            port.close();
            throw e;
        }
    }

    private static void prepare(DatagramChannel channel, int bufferBytes) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
    }
}
