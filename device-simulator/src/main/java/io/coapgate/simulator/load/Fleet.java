package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.SimulatedDevice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices that were switched on and connected, some at a time. */
final class Fleet implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 32;

    private final List<SimulatedDevice> all = new ArrayList<>();
    private final ConcurrentLinkedQueue<SimulatedDevice> ready = new ConcurrentLinkedQueue<>();

    private Fleet() {}

    /** Connects all devices and uploads their tokens; those that fail are counted in the statistics and left out. */
    static Fleet connect(
            List<DeviceProfile> profiles,
            InetSocketAddress gateway,
            DeviceRuntime runtime,
            LoadStatistics statistics,
            Progress progress)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet();
        Semaphore permits = new Semaphore(CONNECTING_AT_ONCE);
        AtomicInteger done = new AtomicInteger();
        try {
            for (DeviceProfile profile : profiles) {
                permits.acquire();
                progress.connecting(done.get(), profiles.size());
                SimulatedDevice device = SimulatedDevice.start(profile, gateway, runtime);
                fleet.all.add(device);
                fleet.prepare(device, profile, statistics).whenComplete((ok, failure) -> {
                    done.incrementAndGet();
                    permits.release();
                });
            }
            permits.acquire(CONNECTING_AT_ONCE);
            progress.connecting(profiles.size(), profiles.size());
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private CompletionStage<?> prepare(SimulatedDevice device, DeviceProfile profile, LoadStatistics statistics) {
        return device.connect()
                .thenCompose(pong ->
                        profile.tokens().isPresent() ? device.uploadToken() : CompletableFuture.completedFuture(pong))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        statistics.failed("connecting: " + LoadStatistics.reason(failure));
                    } else if (refused(answer)) {
                        statistics.failed("token upload: " + answer.outcome());
                    } else {
                        ready.add(device);
                    }
                });
    }

    private static boolean refused(Answer answer) {
        return answer.code().startsWith("4.") || answer.code().startsWith("5.");
    }

    List<SimulatedDevice> ready() {
        return List.copyOf(ready);
    }

    long handshakes() {
        return all.stream().mapToLong(SimulatedDevice::handshakes).sum();
    }

    @Override
    public void close() {
        all.parallelStream().forEach(SimulatedDevice::close);
    }
}
