package io.coapgate.simulator.device;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * One thread that waits at the UDP sockets of many devices, so that none needs a thread of its own. Receivers are called on
 * this thread, must not wait, and must not keep the packet. Thread-safe.
 */
final class DatagramLoop implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 64 * 1024;
    /** So that one device with much to read does not keep the others waiting. */
    private static final int MAX_IN_A_ROW = 16;

    private final Selector selector;
    private final Traffic traffic;
    private final Thread thread;
    private final byte[] bytes = new byte[MAX_DATAGRAM_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    DatagramLoop(String name, Traffic traffic) throws IOException {
        this.selector = Selector.open();
        this.traffic = traffic;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A socket that is bound, and whose datagrams go to this receiver until it is closed. */
    DatagramChannel open(InetSocketAddress local, Consumer<DatagramPacket> receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(local).configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, receiver);
            selector.wakeup();
            return channel;
        } catch (IOException | ClosedSelectorException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes a socket; the system frees it once the loop has seen that. */
    void release(DatagramChannel channel) throws IOException {
        channel.close();
        selector.wakeup();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::read);
            }
        } catch (IOException | ClosedSelectorException e) {
            // Closed: there is nothing left to wait for.
        }
    }

    @SuppressWarnings("unchecked") // only open() registers
    private void read(SelectionKey key) {
        try {
            DatagramChannel channel = (DatagramChannel) key.channel();
            for (int i = 0; i < MAX_IN_A_ROW; i++) {
                buffer.clear();
                InetSocketAddress peer = (InetSocketAddress) channel.receive(buffer);
                if (peer == null) {
                    return;
                }
                traffic.received(buffer.position());
                ((Consumer<DatagramPacket>) key.attachment())
                        .accept(new DatagramPacket(bytes, buffer.position(), peer));
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            key.cancel();
        } catch (IOException | RuntimeException e) {
            // A datagram that could not be received, or read, is lost as the network loses others; the loop goes on.
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            // It was only waited at.
        }
    }
}
