package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One event loop's share of an upstream: its connections and the requests that wait for one. Everything but
 * {@link #handOver}, {@link #close} and {@link #inFlight} is for the event loop alone, which is the guard of all fields.
 *
 * <p>A slot is what one request takes: a connection, or a stream of one. It counts slots itself rather than let the client's
 * pool queue, because a request whose deadline passes must leave the queue at that moment.
 */
final class Lane {
    private final Context context;
    private final HttpClient client;
    private final Deadlines deadlines;
    private final int maxQueued;
    private final int maxResponseBytes;
    private final Queue<HttpExchange> waiting = new ArrayDeque<>();
    /** Connections that have carried no request yet. */
    private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The last stream that an HTTP/2 server has looked at, of connections that it is about to close. */
    private final IdentityHashMap<HttpConnection, Integer> goneAway = new IdentityHashMap<>();

    private int freeSlots;
    private volatile int inFlight;

    Lane(
            Context context,
            LongSupplier nanoTime,
            Function<Handler<HttpConnection>, HttpClient> client,
            int slots,
            int maxQueued,
            int maxResponseBytes) {
        this.context = context;
        this.client = client.apply(this::connected);
        this.deadlines = new Deadlines(context, nanoTime);
        this.freeSlots = slots;
        this.maxQueued = maxQueued;
        this.maxResponseBytes = maxResponseBytes;
    }

    /** Runs this on the event loop, after whatever it does now: a connection is back in the pool before the next use. */
    void handOver(Handler<Void> task) {
        context.runOnContext(task);
    }

    /** Whether the current thread is its event loop's. */
    boolean isOwnThread() {
        return ((ContextInternal) context).nettyEventLoop().inEventLoop();
    }

    Context context() {
        return context;
    }

    int maxResponseBytes() {
        return maxResponseBytes;
    }

    int inFlight() {
        return inFlight;
    }

    void admit(HttpExchange exchange) {
        if (freeSlots > 0) {
            freeSlots--;
            watch(exchange);
            exchange.takeSlot();
            exchange.connect();
        } else if (waiting.size() < maxQueued) {
            watch(exchange);
            exchange.queue();
            waiting.add(exchange);
        } else {
            exchange.refuse(Refusal.UPSTREAM_BUSY, "all connections are in use and the queue is full");
        }
    }

    Future<HttpClientRequest> request(RequestOptions options) {
        return client.request(options);
    }

    /** Whether this connection has carried a request before: only such a one may have gone stale. */
    boolean isReused(HttpConnection connection) {
        return !unused.remove(connection);
    }

    /**
     * Whether an HTTP/2 server says that it has not looked at this request: it refused the stream, or went away having seen
     * only earlier ones. Then even a POST may be sent again, RFC 9113 §8.7.
     */
    boolean isUnprocessed(HttpClientRequest request, Throwable failure) {
        Integer lastSeen = goneAway.get(request.connection());
        return Failures.isRefusedStream(failure)
                || (lastSeen != null && (request.streamId() < 0 || lastSeen < request.streamId()));
    }

    void leaveQueue(HttpExchange exchange) {
        waiting.remove(exchange);
    }

    /** Passes the slot on. */
    void release() {
        HttpExchange next = waiting.poll();
        if (next == null) {
            freeSlots++;
        } else {
            next.takeSlot();
            handOver(ignored -> next.connect());
        }
    }

    void forget(HttpExchange exchange) {
        deadlines.remove(exchange);
        inFlight = deadlines.size();
    }

    void close() {
        handOver(ignored -> deadlines
                .all()
                .forEach(exchange -> exchange.refuse(Refusal.UPSTREAM_UNREACHABLE, "the client is closed")));
    }

    private void watch(HttpExchange exchange) {
        deadlines.add(exchange);
        inFlight = deadlines.size();
    }

    private void connected(HttpConnection connection) {
        unused.add(connection);
        connection.closeHandler(ignored -> {
            unused.remove(connection);
            goneAway.remove(connection);
        });
        if (connection.protocolVersion() == io.vertx.core.http.HttpVersion.HTTP_2) {
            connection.goAwayHandler(goAway -> goneAway.put(connection, goAway.getLastStreamId()));
        }
    }
}
