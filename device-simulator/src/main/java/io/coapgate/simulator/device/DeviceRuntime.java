package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What simulated devices share: the threads that they run on, and how long they wait. A device adds one thread of its own,
 * which waits at its socket. Thread-safe; close it after its devices.
 */
public final class DeviceRuntime implements AutoCloseable {
    private final ScheduledExecutorService protocol;
    private final ScheduledExecutorService timers;
    private final Duration answerTimeout;

    /**
     * @param protocol runs DTLS and CoAP; owned from here on
     * @param timers runs what is due later; owned from here on
     * @param answerTimeout how long a device waits for an answer, a handshake included
     */
    public DeviceRuntime(ScheduledExecutorService protocol, ScheduledExecutorService timers, Duration answerTimeout) {
        this.protocol = requireNonNull(protocol, "protocol");
        this.timers = requireNonNull(timers, "timers");
        this.answerTimeout = requireNonNull(answerTimeout, "answerTimeout");
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

    @Override
    public void close() {
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
