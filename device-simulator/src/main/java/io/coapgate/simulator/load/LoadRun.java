package io.coapgate.simulator.load;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a fleet against a gateway: connect, send for the planned time, wait for what is still under way, sum up.
 *
 * <p>In an open loop latency counts from when a request was due, so that a gateway that stalls cannot hide it by keeping
 * the devices waiting (coordinated omission).
 */
public final class LoadRun {
    private static final long DRAIN_POLL_NANOS = 1_000_000;

    private final LoadPlan plan;
    private final DeviceRuntime runtime;
    private final Duration answerTimeout;
    private final LoadStatistics statistics = new LoadStatistics();
    private final AtomicLong underWay = new AtomicLong();

    /** @param answerTimeout how long to wait after the last request for outcomes that are missing */
    public LoadRun(LoadPlan plan, DeviceRuntime runtime, Duration answerTimeout) {
        this.plan = plan;
        this.runtime = runtime;
        this.answerTimeout = answerTimeout;
    }

    /** Runs once. */
    public LoadSummary run(List<DeviceProfile> profiles, InetSocketAddress gateway, Progress progress)
            throws IOException, InterruptedException {
        try (progress;
                Fleet fleet = Fleet.connect(profiles, gateway, runtime, statistics, progress)) {
            List<Lane> lanes = fleet.ready().stream()
                    .map(device -> new Lane(device, plan.request(), statistics, underWay))
                    .toList();
            long start = System.nanoTime();
            try (Reporter reporter = Reporter.start(statistics, progress, plan.duration(), start)) {
                if (!lanes.isEmpty()) {
                    drive(lanes, start);
                    drain();
                }
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                return statistics.summary(reporter.stop(), elapsed, fleet.handshakes(), lanes.size());
            }
        }
    }

    private void drive(List<Lane> lanes, long start) throws InterruptedException {
        long end = start + plan.duration().toNanos();
        if (plan.rate().isPresent()) {
            Schedule schedule = new Schedule(plan.rate().getAsDouble(), plan.duration());
            for (long n = 0; n < schedule.count(); n++) {
                long due = start + schedule.dueNanos(n);
                waitUntil(due);
                lanes.get((int) (n % lanes.size())).offer(due);
            }
        } else {
            lanes.forEach(lane -> lane.repeatUntil(end));
            waitUntil(end);
        }
    }

    private void drain() throws InterruptedException {
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        while (underWay.get() > 0 && System.nanoTime() < deadline) {
            waitUntil(System.nanoTime() + DRAIN_POLL_NANOS);
        }
        for (long left = underWay.get(); left > 0; left--) {
            statistics.failed("unfinished");
        }
    }

    private static void waitUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanoTime - System.nanoTime();
        }
    }
}
