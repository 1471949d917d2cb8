package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The connections to one server: made once, then loaded run by run. */
final class LoadGenerator implements AutoCloseable {
    private static final long ANSWER_SECONDS = 10;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SUCCESS_CLASS = 2;
    private static final Duration WARM_UP_SLICE = Duration.ofSeconds(1);

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

    /** Loads the server until its code is compiled, as far as a number of requests can tell. */
    void warmUp(WarmPlan plan) throws IOException {
        long deadline = System.nanoTime() + plan.warmUpLimit().toNanos();
        long requests = 0;
        while (requests < plan.warmUpRequests() && System.nanoTime() < deadline) {
            requests += run(WARM_UP_SLICE).requests();
        }
    }

    /** Loads the server for so long. */
    Measurement run(Duration duration) throws IOException {
        long requestsBefore = answered();
        long failuresBefore = refused();
        long lost = 0;
        Duration cpuBefore = CpuTime.of(server.pid());
        long start = System.nanoTime();
        byte[] request = Datagrams.telemetry();
        clients.forEach(client -> client.repeat(request));
        long end = start + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(Math.min(POLL_NANOS, end - System.nanoTime()));
            lost += clients.stream()
                    .filter(client -> client.resendIfSilentFor(SILENCE_NANOS))
                    .count();
        }
        Measurement measurement = new Measurement(
                answered() - requestsBefore,
                refused() - failuresBefore + lost,
                Duration.ofNanos(System.nanoTime() - start),
                CpuTime.of(server.pid()).minus(cpuBefore));
        clients.forEach(LeanClient::pause);
        LockSupport.parkNanos(2 * POLL_NANOS); // the last answers come in
        return measurement;
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
