package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Devices that are switched on and connect, some at a time. Thread-safe. */
final class Fleet implements AutoCloseable {
    private final LoadStatistics statistics;
    private final Collection<Member> all = new ConcurrentLinkedQueue<>();
    private final Collection<Member> ready = new ConcurrentLinkedQueue<>();

    Fleet(LoadStatistics statistics) {
        this.statistics = statistics;
    }

    /** Connects all devices and uploads their tokens; those that fail are counted in the statistics and left out. */
    void connect(
            List<DeviceProfile> profiles,
            InetSocketAddress gateway,
            DeviceRuntime runtime,
            LoadPlan plan,
            Progress progress)
            throws IOException, InterruptedException {
        Semaphore permits = new Semaphore(plan.connectAtOnce());
        AtomicInteger done = new AtomicInteger();
        for (DeviceProfile profile : profiles) {
            permits.acquire();
            progress.connecting(done.get(), profiles.size());
            long start = System.nanoTime();
            Member member = Member.start(profile, gateway, runtime, plan.sleep());
            all.add(member);
            member.connect().whenComplete((answer, failure) -> {
                settle(member, answer, failure, System.nanoTime() - start);
                done.incrementAndGet();
                permits.release();
            });
        }
        permits.acquire(plan.connectAtOnce());
        progress.connecting(profiles.size(), profiles.size());
    }

    private void settle(Member member, @Nullable Answer answer, @Nullable Throwable failure, long nanos) {
        if (failure != null || answer == null) {
            statistics.failed("connecting: " + LoadStatistics.reason(failure));
        } else if (Member.refused(answer)) {
            statistics.failed("token upload: " + answer.outcome());
        } else {
            statistics.connected(nanos);
            ready.add(member);
        }
    }

    List<Member> ready() {
        return List.copyOf(ready);
    }

    /** As many as there are, in the fleet's order. */
    List<Member> first(int devices) {
        return all.stream().limit(devices).toList();
    }

    /** How many have a session now. */
    int up() {
        return (int) all.stream().filter(Member::isUp).count();
    }

    /** All devices go on from other ports, as when their NAT is started again. */
    void changePorts() throws IOException {
        for (Member member : all) {
            member.changePort();
        }
    }

    @Override
    public void close() {
        all.parallelStream().forEach(Member::close);
    }
}
