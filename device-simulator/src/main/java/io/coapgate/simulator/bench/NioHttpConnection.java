package io.coapgate.simulator.bench;

import io.coapgate.simulator.bench.NioHttpLoop.Post;
import io.coapgate.simulator.launch.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection of {@link NioHttpLoop}, for its thread alone: a request, its answer, the next request. */
final class NioHttpConnection {
    private static final byte[] NO_CONTENT = "HTTP/1.1 204 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_HEADER = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 8 * 1024;

    private final SocketChannel channel;
    private final byte[] head;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private Optional<Post> current = Optional.empty();

    private NioHttpConnection(SocketChannel channel, byte[] head) {
        this.channel = channel;
        this.head = head;
    }

    static NioHttpConnection open(InetSocketAddress service, String path, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(service);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        NioHttpConnection connection = new NioHttpConnection(
                channel,
                ("POST " + path + " HTTP/1.1\r\nHost: " + HostPort.format(service)
                                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: ")
                        .getBytes(StandardCharsets.US_ASCII));
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    /** Sends a request; the connection must be idle. */
    void send(Post post) {
        current = Optional.of(post);
        byte[] length = Integer.toString(post.payload().length).getBytes(StandardCharsets.US_ASCII);
        out.clear().put(head).put(length).put(END_OF_HEADER).put(post.payload()).flip();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            finish(false);
        }
    }

    /** Reads what came; true if the connection is idle again. A broken connection is closed and never idle. */
    boolean read() {
        try {
            if (channel.read(in) < 0) {
                throw new IOException("the service closed the connection");
            }
            if (!endsHeader()) {
                return false;
            }
            if (in.flip().mismatch(ByteBuffer.wrap(NO_CONTENT)) != NO_CONTENT.length) {
                throw new IOException("the service did not answer 204");
            }
            in.clear();
            finish(true);
            return true;
        } catch (IOException e) {
            close();
            finish(false);
            return false;
        }
    }

    /** An answer of 204 has no content (RFC 9110 §15.3.5): it ends where its header ends. */
    private boolean endsHeader() throws IOException {
        int from = in.position() - END_OF_HEADER.length;
        boolean ends =
                from >= 0 && in.duplicate().position(from).limit(in.position()).equals(ByteBuffer.wrap(END_OF_HEADER));
        if (!ends && !in.hasRemaining()) {
            throw new IOException("the service's answer has no end");
        }
        return ends;
    }

    private void finish(boolean succeeded) {
        Optional<Post> post = current;
        current = Optional.empty();
        post.ifPresent(done -> done.outcome().accept(succeeded));
    }

    private void close() {
        try {
            channel.close(); // and so its key is cancelled
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
