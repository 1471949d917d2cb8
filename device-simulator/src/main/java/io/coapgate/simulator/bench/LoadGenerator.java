package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;

/** The connections to one server: made once, then loaded run by run. */
final class LoadGenerator implements AutoCloseable {
    private static final long ANSWER_SECONDS = 10;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SUCCESS_CLASS = 2;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final ServerUnderTest server;
    private final List<LeanClient> clients = new ArrayList<>();

    private LoadGenerator(ServerUnderTest server) {
        this.server = server;
    }

    /** Connects all devices, each of which uploads its CWT if the server takes one, and sends a request. */
    static LoadGenerator connect(ServerUnderTest server, List<DeviceProfile> devices, DeviceRuntime runtime)
            throws IOException, InterruptedException {
        LoadGenerator generator = new LoadGenerator(server);
        try {
            for (DeviceProfile device : devices) {
                LeanClient client = LeanClient.start(device, server.address(), runtime);
                generator.clients.add(client);
                if (server.takesTokens()) {
                    require(
                            client,
                            Datagrams.tokenUpload(device.tokens().orElseThrow().token()),
                            server);
                }
                require(client, Datagrams.telemetry(), server);
            }
            return generator;
        } catch (IOException | InterruptedException | RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    private static void require(LeanClient client, byte[] request, ServerUnderTest server)
            throws IOException, InterruptedException {
        try {
            int code = client.once(request).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (code >> 5 != SUCCESS_CLASS) {
                throw new IOException("%s answered %d.%02d".formatted(server.name(), code >> 5, code & 0x1f));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(server.name() + " did not answer", e);
        }
    }

    Contender contender() {
        return server.contender();
    }

    /** Loads the server until its code is compiled, as far as a number of requests can tell. */
    void warmUp(WarmUp plan) throws IOException {
        long deadline = System.nanoTime() + plan.limit().toNanos();
        long requests = 0;
        while (requests < plan.requests() && System.nanoTime() < deadline) {
            requests += run(plan.slice()).requests();
        }
    }

    /** Loads the server for so long, with one request in flight on each connection all the time. */
    Measurement run(Duration duration) throws IOException {
        byte[] request = Datagrams.telemetry();
        clients.forEach(client -> client.repeat(request));
        return measure(duration, Optional.empty(), end -> {
            long lost = 0;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(Math.min(POLL_NANOS, end - System.nanoTime()));
                lost += resendLost();
            }
            return lost;
        });
    }

    /** Offers the server so many requests per second for so long, on all connections in turn. */
    Measurement offer(int requestsPerSecond, Duration duration) throws IOException {
        byte[] request = Datagrams.telemetry();
        Recorder latencies = new Recorder(SIGNIFICANT_DIGITS);
        clients.forEach(client -> client.follow(request, new DueRequests(latencies)));
        long interval = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        return measure(duration, Optional.of(latencies), end -> dispatch(interval, end));
    }

    private long dispatch(long interval, long end) {
        long lost = 0;
        long due = System.nanoTime();
        long nextLook = due + POLL_NANOS;
        for (int i = 0; due < end; i = (i + 1) % clients.size(), due += interval) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            clients.get(i).due(due);
            if (due > nextLook) {
                lost += resendLost();
                nextLook = due + POLL_NANOS;
            }
        }
        return lost;
    }

    private long resendLost() {
        return clients.stream()
                .filter(client -> client.resendIfSilentFor(SILENCE_NANOS))
                .count();
    }

    private Measurement measure(Duration duration, Optional<Recorder> latencies, Drive drive) throws IOException {
        long requestsBefore = answered();
        long failuresBefore = refused();
        Duration cpuBefore = CpuTime.of(server.pid());
        long start = System.nanoTime();
        long lost = drive.until(start + duration.toNanos());
        Measurement measurement = new Measurement(
                answered() - requestsBefore,
                refused() - failuresBefore + lost,
                Duration.ofNanos(System.nanoTime() - start),
                CpuTime.of(server.pid()).minus(cpuBefore),
                latencies.map(Recorder::getIntervalHistogram).map(Latency::of));
        clients.forEach(LeanClient::pause);
        LockSupport.parkNanos(2 * POLL_NANOS); // the last answers come in
        return measurement;
    }

    /** Keeps the clients busy until then, and tells how many requests were lost. */
    @FunctionalInterface
    private interface Drive {
        long until(long endNanos);
    }

    private long answered() {
        return clients.stream().mapToLong(LeanClient::answered).sum();
    }

    private long refused() {
        return clients.stream().mapToLong(LeanClient::refused).sum();
    }

    @Override
    public void close() {
        clients.forEach(LeanClient::close);
    }
}
