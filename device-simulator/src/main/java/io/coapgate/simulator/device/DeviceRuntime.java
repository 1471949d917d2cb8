package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.elements.config.Configuration;

/**
 * What simulated devices share: the threads that they run on, the one that waits at their sockets, and how long they wait. A
 * device adds a UDP socket and no thread. Thread-safe; close it after its devices.
 */
public final class DeviceRuntime implements AutoCloseable {
    private final ScheduledExecutorService protocol;
    private final ScheduledExecutorService timers;
    private final Duration answerTimeout;
    private final Traffic traffic = new Traffic();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final DatagramLoop loop;
    /** One for all devices of a kind: it is half of what a device needs in memory. */
    private final Configuration withConnectionId = DtlsClient.configuration(true);

    private final Configuration withoutConnectionId = DtlsClient.configuration(false);

    /**
     * @param protocol runs DTLS and CoAP; owned from here on
     * @param timers runs what is due later; owned from here on
     * @param answerTimeout how long a device waits for an answer, a handshake included
     */
    public DeviceRuntime(ScheduledExecutorService protocol, ScheduledExecutorService timers, Duration answerTimeout) {
        this.protocol = requireNonNull(protocol, "protocol");
        this.timers = requireNonNull(timers, "timers");
        this.answerTimeout = requireNonNull(answerTimeout, "answerTimeout");
        try {
            this.loop = new DatagramLoop("device-sockets", traffic);
        } catch (IOException e) {
            throw new UncheckedIOException("sockets can't be waited at", e);
        }
    }

    /** A runtime with daemon threads of its own. */
    public static DeviceRuntime withThreads(int threads, Duration answerTimeout) {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, daemons("device-timer"));
        timers.setRemoveOnCancelPolicy(true); // a deadline must not outlive its request
        return new DeviceRuntime(Executors.newScheduledThreadPool(threads, daemons("device")), timers, answerTimeout);
    }

    ScheduledExecutorService protocol() {
        return protocol;
    }

    ScheduledExecutorService timers() {
        return timers;
    }

    Duration answerTimeout() {
        return answerTimeout;
    }

    Configuration configuration(boolean connectionId) {
        return connectionId ? withConnectionId : withoutConnectionId;
    }

    SessionWatch watch() {
        return new SessionWatch(handshakes);
    }

    /** How many DTLS handshakes its devices have begun. */
    public long handshakes() {
        return handshakes.sum();
    }

    void tokenTaken() {
        tokens.increment();
    }

    /** How many tokens of its devices were taken. */
    public long tokens() {
        return tokens.sum();
    }

    /** Runs something short on the timer's thread, once so much time has passed. */
    public void later(Duration delay, Runnable task) {
        var unused = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    DatagramLoop loop() {
        return loop;
    }

    /** What its devices have sent and received. */
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        loop.close();
        protocol.shutdownNow();
        timers.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
