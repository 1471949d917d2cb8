package io.coapgate.simulator.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns a relay until it is closed, and lets other threads in on it. Thread-safe. */
final class RelayThread implements AutoCloseable {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long END_MILLIS = 5_000;

    private final Relay relay;
    private final Selector selector;
    private final LongSupplier nanoTime;
    private final Thread thread = new Thread(this::run, "impairment-proxy");
    private final Queue<Rebind> rebinds = new ConcurrentLinkedQueue<>();
    private volatile Impairments impairments;
    private volatile boolean closed;

    private RelayThread(Relay relay, Selector selector, Impairments impairments, LongSupplier nanoTime) {
        this.relay = relay;
        this.selector = selector;
        this.impairments = impairments;
        this.nanoTime = nanoTime;
    }

    private record Rebind(Optional<InetSocketAddress> client, CompletableFuture<Integer> count) {}

    static RelayThread start(Relay relay, Selector selector, Impairments impairments, LongSupplier nanoTime) {
        RelayThread turning = new RelayThread(relay, selector, impairments, nanoTime);
        turning.thread.setDaemon(true);
        turning.thread.start();
        return turning;
    }

    void set(Impairments changed) {
        impairments = changed;
    }

    /** Waits until it has happened; 0 if the relay has ended. */
    int rebind(Optional<InetSocketAddress> client) {
        Rebind wish = new Rebind(client, new CompletableFuture<>());
        rebinds.add(wish);
        selector.wakeup();
        if (closed) {
            wish.count().complete(0);
        }
        return wish.count().join();
    }

    private void run() {
        try {
            while (!closed) {
                long nanos = relay.idleNanos(nanoTime.getAsLong());
                if (nanos == 0) {
                    selector.selectNow();
                } else {
                    selector.select((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
                }
                for (Rebind wish = rebinds.poll(); wish != null; wish = rebinds.poll()) {
                    wish.count().complete(relay.rebind(wish.client()));
                }
                relay.turn(selector.selectedKeys(), impairments, nanoTime.getAsLong());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the impairment proxy has ended", e);
        } finally {
            end();
        }
    }

    private void end() {
        closed = true;
        rebinds.forEach(wish -> wish.count().complete(0));
        List<SelectionKey> keys = new ArrayList<>(selector.keys());
        try {
            for (SelectionKey key : keys) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket of the impairment proxy can't be closed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
