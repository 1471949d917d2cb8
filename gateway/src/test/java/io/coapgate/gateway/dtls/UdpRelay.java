package io.coapgate.gateway.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A NAT on loopback for one device: keeps what the server sends and can change the device's outer address. */
final class UdpRelay implements AutoCloseable {
    private static final int HELLO_VERIFY_REQUEST = 3;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int HANDSHAKE_TYPE_OFFSET = 13;

    private final InetSocketAddress server;
    private final DatagramSocket inner = open();
    private final List<byte[]> fromServer = new CopyOnWriteArrayList<>();
    private volatile DatagramSocket outer = open();
    private final Loss toServer = new Loss();
    private final Loss toDevice = new Loss();
    private volatile @Nullable SocketAddress device;

    UdpRelay(InetSocketAddress server) {
        this.server = server;
        start(() -> forward(inner));
        DatagramSocket first = outer;
        start(() -> backward(first));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) inner.getLocalSocketAddress();
    }

    /** From now on the server sees the device at another port; the old one is dead. */
    void rebind() {
        DatagramSocket old = outer;
        DatagramSocket fresh = open();
        outer = fresh;
        old.close();
        start(() -> backward(fresh));
    }

    /** Loses this datagram of the handshake on its way to the server, counted from 1. */
    void loseToServer(int number) {
        toServer.number = number;
    }

    void loseToDevice(int number) {
        toDevice.number = number;
    }

    /** Whether so many came that the one to be lost was among them. */
    boolean hasLost() {
        return toServer.hasLost() || toDevice.hasLost();
    }

    List<Integer> sizesFromServer() {
        return fromServer.stream().map(datagram -> datagram.length).toList();
    }

    long cookiesAskedFor() {
        return fromServer.stream()
                .filter(datagram -> datagram[0] == HANDSHAKE && datagram[HANDSHAKE_TYPE_OFFSET] == HELLO_VERIFY_REQUEST)
                .count();
    }

    @Override
    public void close() {
        inner.close();
        outer.close();
    }

    private void forward(DatagramSocket from) throws IOException {
        DatagramPacket packet = receive(from);
        device = packet.getSocketAddress();
        packet.setSocketAddress(server);
        if (!toServer.loses(packet)) {
            outer.send(packet);
        }
    }

    private void backward(DatagramSocket from) throws IOException {
        DatagramPacket packet = receive(from);
        fromServer.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        packet.setSocketAddress(device);
        if (!toDevice.loses(packet)) {
            inner.send(packet);
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    private static void start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    step.run();
                }
            } catch (IOException e) {
                // a socket was closed: this direction has ended
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static DatagramSocket open() {
        try {
            return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one direction, whose thread uses it; the test says before which one, and asks afterwards. */
    private static final class Loss {
        private final AtomicInteger seen = new AtomicInteger();
        private volatile int number;

        boolean loses(DatagramPacket packet) {
            int type = packet.getData()[0];
            if (type != HANDSHAKE && type != CHANGE_CIPHER_SPEC) {
                return false; // nobody sends data again
            }
            return seen.incrementAndGet() == number;
        }

        boolean hasLost() {
            return number > 0 && seen.get() >= number;
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
