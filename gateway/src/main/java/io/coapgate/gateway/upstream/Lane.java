package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * One event loop's share of an upstream: its connections and the requests that wait for one. Everything but
 * {@link #handOver}, {@link #close} and {@link #inFlight} is for the event loop alone, which is the guard of all fields.
 *
 * <p>A slot is what one request takes: a connection, or a stream of one. It counts slots itself rather than let a
 * pool queue, because a request whose deadline passes must leave the queue at that moment.
 */
final class Lane {
    private final Context context;
    private final Transport transport;
    private final Deadlines deadlines;
    private final int maxQueued;
    private final Queue<HttpExchange> waiting = new ArrayDeque<>();
    private int freeSlots;
    private volatile int inFlight;

    Lane(Context context, LongSupplier nanoTime, Transport transport, int slots, int maxQueued) {
        this.context = context;
        this.transport = transport;
        this.deadlines = new Deadlines(context, nanoTime);
        this.freeSlots = slots;
        this.maxQueued = maxQueued;
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

    Transport transport() {
        return transport;
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
}
