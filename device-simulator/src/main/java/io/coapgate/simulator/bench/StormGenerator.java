package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Devices that connect to one server, so many at a time, each again as soon as all others had their turn. */
final class StormGenerator implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final StormServer server;
    private final int atOnce;
    private final Queue<StormDevice> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService turns = Executors.newSingleThreadExecutor();
    private final AtomicLong connects = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    /** One permit for each device that is not connecting, up to {@code atOnce}. */
    private final Semaphore free;

    private volatile boolean running;

    private StormGenerator(StormServer server, int atOnce) {
        this.server = server;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
    }

    /** Opens the devices' sockets; none connects yet. There are more of them than connect at once. */
    static StormGenerator open(
            StormServer server,
            List<DeviceProfile> devices,
            int atOnce,
            DeviceRuntime runtime,
            Clock clock,
            SecureRandom random)
            throws IOException {
        StormGenerator generator = new StormGenerator(server, atOnce);
        try {
            for (DeviceProfile device : devices) {
                generator.idle.add(StormDevice.start(device, server, runtime, clock, random));
            }
            return generator;
        } catch (IOException | RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    StormServer server() {
        return server;
    }

    /** Lets devices connect until the server's code is compiled, as far as a number of them can tell. */
    void warmUp(WarmUp plan) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + plan.limit().toNanos();
        long done = 0;
        while (done < plan.requests() && System.nanoTime() < deadline) {
            done += run(plan.slice()).requests();
        }
    }

    /** Lets devices connect for so long. */
    Measurement run(Duration duration) throws IOException, InterruptedException {
        long connectsBefore = connects.get();
        long failuresBefore = failures.get();
        Duration cpuBefore = CpuTime.of(server.pid());
        long start = System.nanoTime();
        running = true;
        for (int i = 0; i < atOnce; i++) {
            free.acquire();
            turns.execute(this::next);
        }
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        Measurement measurement = new Measurement(
                connects.get() - connectsBefore,
                failures.get() - failuresBefore,
                Duration.ofNanos(System.nanoTime() - start),
                CpuTime.of(server.pid()).minus(cpuBefore),
                Optional.empty());
        running = false;
        awaitQuiet();
        return measurement;
    }

    private void awaitQuiet() throws IOException, InterruptedException {
        if (!free.tryAcquire(atOnce, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("devices that connect to " + server.title() + " don't come to an end");
        }
        free.release(atOnce);
    }

    private void next() {
        StormDevice device = idle.poll();
        if (!running || device == null) {
            Optional.ofNullable(device).ifPresent(idle::add);
            free.release();
            return;
        }
        var unused = device.connect()
                .thenAcceptAsync(
                        connected -> {
                            (connected ? connects : failures).incrementAndGet();
                            idle.add(device);
                            next();
                        },
                        turns);
    }

    @Override
    public void close() {
        turns.shutdownNow();
        idle.forEach(StormDevice::close);
    }
}
