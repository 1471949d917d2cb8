package io.coapgate.simulator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The least that forwarding over HTTP/1.1 can cost: one thread, connections that stay open, one request in flight on each,
 * and no more HTTP than a service needs that answers 204. A floor to measure by, not a client to use: it trusts its
 * service and waits for it for ever. Thread-safe.
 */
final class NioHttpLoop {
    /** As many as californium-proxy2 has, and nearly as the gateway. */
    private static final int CONNECTIONS = 50;

    private final Selector selector;
    private final Queue<Post> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    /** The loop's alone. */
    private final Deque<NioHttpConnection> idle = new ArrayDeque<>();

    private NioHttpLoop(Selector selector) {
        this.selector = selector;
    }

    /** Connects to the service and runs until the process ends. */
    static NioHttpLoop start(InetSocketAddress service, String path) throws IOException {
        NioHttpLoop loop = new NioHttpLoop(Selector.open());
        for (int i = 0; i < CONNECTIONS; i++) {
            loop.idle.push(NioHttpConnection.open(service, path, loop.selector));
        }
        Thread thread = new Thread(loop::run, "http");
        thread.setDaemon(true);
        thread.start();
        return loop;
    }

    /** Posts the payload; what is to be done then is done on the loop's thread and must not block. */
    void post(byte[] payload, Outcome outcome) {
        waiting.add(new Post(payload, outcome));
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void run() {
        try {
            while (true) {
                selector.select(key -> answered((NioHttpConnection) key.attachment()));
                woken.set(false); // before the queue is looked at: what comes after wakes again
                sendWaiting();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the selector failed", e);
        }
    }

    private void answered(NioHttpConnection connection) {
        if (connection.read()) {
            idle.push(connection);
        }
    }

    private void sendWaiting() {
        while (!idle.isEmpty() && !waiting.isEmpty()) {
            idle.pop().send(waiting.remove());
        }
    }

    /** Hears whether the service answered 204. */
    @FunctionalInterface
    interface Outcome {
        void accept(boolean succeeded);
    }

    /** A payload on its way. */
    record Post(byte[] payload, Outcome outcome) {}
}
