package io.coapgate.gateway.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * HTTP/1.1 over connections of its own, each for one request at a time; the one that was used last comes first, so that
 * those that are not needed fall idle. There are never more than the lane has slots.
 *
 * <p>Vert.x makes the connections, with TLS and name resolution, but its HTTP client is left out: most of what a forwarded
 * request cost was its pool, its futures and its three forms of a header (docs/benchmarks.md). Only for the lane's event loop.
 */
final class Http1Transport implements Transport {
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_STATUS_LINE_BYTES = 1024;
    private static final int LOOK_SECONDS = 5;

    private final Function<Long, Future<NetSocket>> connect;
    private final Supplier<TlsMaterial> tls;
    private final Http1Request head;
    private final LongSupplier nanoTime;
    private final int maxResponseBytes;
    /** The one used last is the first. */
    private final Deque<Http1Connection> idle = new ArrayDeque<>();

    private boolean looking;

    /**
     * @param connect makes a connection, given how many milliseconds that may take
     * @param tls what it is made with now
     */
    Http1Transport(
            Function<Long, Future<NetSocket>> connect,
            Supplier<TlsMaterial> tls,
            Origin origin,
            LongSupplier nanoTime,
            int maxResponseBytes) {
        this.connect = connect;
        this.tls = tls;
        this.head = new Http1Request(origin);
        this.nanoTime = nanoTime;
        this.maxResponseBytes = maxResponseBytes;
    }

    @Override
    public void open(HttpExchange exchange, long timeoutMillis) {
        long now = nanoTime.getAsLong();
        for (Http1Connection next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isUsableAt(now)) {
                exchange.connected(next);
                return;
            }
            next.close();
        }
        TlsMaterial material = tls.get();
        connect.apply(timeoutMillis).onComplete(result -> {
            if (result.succeeded()) {
                NetSocketInternal socket = (NetSocketInternal) result.result();
                exchange.connected(connected(socket.channelHandlerContext(), material));
            } else {
                exchange.unreachable(result.cause());
            }
        });
    }

    /** Vert.x's own handler stays the last: it looks after the end of the connection. */
    private Http1Connection connected(ChannelHandlerContext last, TlsMaterial material) {
        Http1Connection connection = new Http1Connection(this, material, nanoTime.getAsLong());
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES);
        last.pipeline()
                .addBefore(last.name(), "responses", new HttpResponseDecoder(limits))
                .addBefore(last.name(), "requests", connection);
        return connection;
    }

    TlsMaterial tls() {
        return tls.get();
    }

    Http1Request head() {
        return head;
    }

    int maxResponseBytes() {
        return maxResponseBytes;
    }

    /** For the next request, or until it has been idle for too long. */
    void giveBack(Http1Connection connection, ChannelHandlerContext context) {
        connection.idleFrom(nanoTime.getAsLong());
        idle.push(connection);
        if (!looking) {
            looking = true;
            look(context);
        }
    }

    void closed(Http1Connection connection) {
        idle.remove(connection);
    }

    private void look(ChannelHandlerContext context) {
        var unused =
                context.channel().eventLoop().schedule(() -> closeUnusable(context), LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void closeUnusable(ChannelHandlerContext context) {
        long now = nanoTime.getAsLong();
        idle.removeIf(connection -> {
            boolean over = !connection.isUsableAt(now);
            if (over) {
                connection.close();
            }
            return over;
        });
        looking = !idle.isEmpty();
        if (looking) {
            look(context);
        }
    }
}
