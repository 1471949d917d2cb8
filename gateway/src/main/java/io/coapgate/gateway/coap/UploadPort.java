package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.TokenUpload;
import io.coapgate.gateway.exchange.UploadHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port that takes tokens before their handshakes, over plain CoAP (RFC 9200 §5.10.1, RFC 9202 §3.3.2): {@code POST
 * /authz-info} and nothing else. It has one thread, which never waits for a judgement; quotas bound what it looks at, and it
 * keeps nothing of a request but the judgement under way. Thread-safe.
 */
public final class UploadPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UploadPort.class);
    private static final int MAX_DATAGRAM_BYTES = 2_048;

    private final DatagramSocket socket;
    private final UploadMessages messages;
    private final UploadQuota quota;
    private final AtomicLong dropped = new AtomicLong();

    private UploadPort(DatagramSocket socket, UploadPortSettings settings, UploadHandler handler) {
        this.socket = socket;
        this.messages = new UploadMessages(handler, ThreadLocalRandom.current().nextInt());
        this.quota =
                new UploadQuota(settings.uploadsPerSecond(), settings.uploadsPerMinuteAndSource(), System.nanoTime());
    }

    /** @throws IOException if the address can't be bound; the message names it */
    public static UploadPort open(UploadPortSettings settings, UploadHandler handler) throws IOException {
        try {
            UploadPort port = new UploadPort(new DatagramSocket(settings.address()), settings, handler);
            Thread receiver = new Thread(port::receive, "authz-info-" + settings.listener());
            receiver.setDaemon(true);
            receiver.start();
            return port;
        } catch (IOException e) {
            String where = "authz-info of listener " + settings.listener() + " can't listen on " + settings.address();
            throw new IOException(where + ": " + e.getMessage(), e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Datagrams that were not looked at: too many, or too long. */
    public long dropped() {
        return dropped.get();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES + 1], MAX_DATAGRAM_BYTES + 1);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM_BYTES + 1); // receive leaves there the length of the last one
                socket.receive(packet);
                received(packet);
            } catch (IOException | RuntimeException e) {
                if (!socket.isClosed()) {
                    LOG.warn("a datagram for /authz-info could not be handled", e);
                }
            }
        }
    }

    private void received(DatagramPacket packet) {
        InetSocketAddress peer = (InetSocketAddress) packet.getSocketAddress();
        if (packet.getLength() > MAX_DATAGRAM_BYTES || !quota.take(TokenUpload.sourceOf(peer), System.nanoTime())) {
            dropped.incrementAndGet();
            return;
        }
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        var unused = messages.answer(datagram, peer).thenAccept(answer -> send(answer, peer));
    }

    private void send(Optional<byte[]> answer, InetSocketAddress peer) {
        if (answer.isPresent()) {
            try {
                socket.send(new DatagramPacket(answer.get(), answer.get().length, peer));
            } catch (IOException e) {
                LOG.debug(
                        "an answer of /authz-info was not sent", e); // as good as lost on the way: the peer asks again
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
