package io.coapgate.gateway;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Every thread pool that is not a library's own. Nothing that runs on one of them waits for another. */
final class GatewayThreads implements AutoCloseable {
    /** Signatures that may wait; one more is refused, which says 5.03 to the device. */
    private static final int MAX_QUEUED_SIGNATURES = 4096;

    private final ExecutorService handshakes;
    private final ScheduledThreadPoolExecutor housekeeping;
    private final ThreadPoolExecutor signatures;

    GatewayThreads(int processors) {
        this.handshakes = Executors.newFixedThreadPool(processors, named("handshakes"));
        this.housekeeping = scheduled("housekeeping", 1);
        this.signatures = new ThreadPoolExecutor(
                processors,
                processors,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_QUEUED_SIGNATURES),
                named("signatures"));
    }

    private static ScheduledThreadPoolExecutor scheduled(String name, int threads) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, named(name));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The cryptography of handshakes, on all processors; Scandium bounds what waits for it. */
    ExecutorService handshakes() {
        return handshakes;
    }

    /** Timers and clean-up. */
    ScheduledExecutorService housekeeping() {
        return housekeeping;
    }

    /** Verifies CWTs and signs JWTs, which may take a millisecond each. */
    ExecutorService signatures() {
        return signatures;
    }

    int queuedSignatures() {
        return signatures.getQueue().size();
    }

    @Override
    public void close() {
        handshakes.shutdownNow();
        housekeeping.shutdownNow();
        signatures.shutdownNow();
    }
}
