package io.coapgate.simulator.load;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.run.Distribution;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Results;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Setting;
import io.coapgate.simulator.run.Timeline;
import io.coapgate.simulator.run.Timeline.Mark;
import io.coapgate.simulator.run.Timeline.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a fleet against a server: connect, send for the planned time, wait for what is still under way, sum up.
 *
 * <p>In an open loop latency counts from when a request was due, so that a server that stalls cannot hide it by keeping
 * the devices waiting (coordinated omission).
 */
public final class LoadRun {
    private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LoadPlan plan;
    private final DeviceRuntime runtime;
    private final Duration answerTimeout;
    private final Surroundings surroundings;
    private final LoadStatistics statistics = new LoadStatistics();
    private final RunClock time = new RunClock();
    private final List<Phase> phases = new ArrayList<>();

    /** @param answerTimeout how long to wait after the last request for outcomes that are missing */
    public LoadRun(LoadPlan plan, DeviceRuntime runtime, Duration answerTimeout, Surroundings surroundings) {
        this.plan = plan;
        this.runtime = runtime;
        this.answerTimeout = answerTimeout;
        this.surroundings = surroundings;
    }

    /**
     * Runs once.
     *
     * @throws IOException if a device gets no socket, or something could not be done to the run
     */
    public RunRecord run(List<DeviceProfile> profiles, InetSocketAddress gateway, Setting setting, Progress progress)
            throws IOException, InterruptedException {
        try (progress;
                Fleet fleet = new Fleet(statistics)) {
            Sampler sampler = new Sampler(statistics, fleet, runtime, new CpuMeter(surroundings.gatewayCpu()));
            List<Mark> marks;
            try (SecondHand hand = SecondHand.start(sampler, progress, plan.duration())) {
                fleet.connect(profiles, gateway, runtime, plan, progress);
                phases.add(new Phase("connect", 0, time.seconds()));
                hand.requestsBegin();
                marks = drive(fleet, progress);
            }
            return RunRecord.of(setting, timeline(sampler, marks), results(sampler, setting));
        }
    }

    private List<Mark> drive(Fleet fleet, Progress progress) throws IOException, InterruptedException {
        List<Lane> lanes = fleet.ready().stream()
                .map(member -> new Lane(member, plan.request(), statistics, surroundings.clock()))
                .toList();
        if (lanes.isEmpty()) {
            return List.of();
        }
        FleetActions actions = new FleetActions(fleet, plan.request(), statistics, surroundings.clock());
        Interruptions interruptions = Interruptions.start(surroundings.interruptions(), actions, progress, time);
        try (actions;
                interruptions) {
            long begin = System.nanoTime();
            Duration begins = Duration.ZERO;
            for (LoadPhase phase : plan.phases()) {
                double from = time.seconds();
                if (plan.phases().size() > 1) {
                    progress.happened(begins, "phase " + phase.name());
                }
                begins = begins.plus(phase.duration());
                drive(phase, lanes, begin);
                begin += phase.duration().toNanos();
                phases.add(new Phase(phase.name(), from, time.seconds()));
            }
            drain();
        }
        if (interruptions.failure().isPresent()) {
            throw interruptions.failure().get();
        }
        return marks(interruptions, actions);
    }

    private List<Mark> marks(Interruptions interruptions, FleetActions actions) {
        Stream<Mark> accepted = actions.outcasts().stream()
                .flatMap(outcast -> outcast.lastAccepted().stream()
                        .mapToObj(at -> new Mark(time.seconds(at), Mark.lastAccepted(outcast.name()))));
        return Stream.concat(interruptions.marks().stream(), accepted)
                .sorted(Comparator.comparingDouble(Mark::t))
                .toList();
    }

    /** The devices take turns. */
    private void drive(LoadPhase phase, List<Lane> lanes, long begin) throws InterruptedException {
        long end = begin + phase.duration().toNanos();
        if (phase.shape() instanceof Shape.Closed closed) {
            lanes.forEach(lane -> lane.repeatUntil(end, closed.thinkTime(), runtime::later));
        }
        PrimitiveIterator.OfLong schedule = phase.shape().due(phase.duration(), surroundings.random());
        for (long n = 0; schedule.hasNext(); n++) {
            long due = begin + schedule.nextLong();
            RunClock.waitUntil(due);
            lanes.get((int) (n % lanes.size())).offer(due);
        }
        RunClock.waitUntil(end);
    }

    private void drain() throws InterruptedException {
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        while (statistics.underWay() > 0 && System.nanoTime() < deadline) {
            RunClock.waitUntil(System.nanoTime() + DRAIN_POLL_NANOS);
        }
        for (long left = statistics.underWay(); left > 0; left--) {
            statistics.failed("unfinished");
        }
    }

    private Timeline timeline(Sampler sampler, List<Mark> marks) {
        return new Timeline(plan.duration(), time.elapsed(), phases, marks, sampler.seconds());
    }

    private static Results results(Sampler sampler, Setting setting) {
        return new Results(
                Distribution.of(sampler.latency()),
                Distribution.of(sampler.connecting()),
                sampler.errors(),
                List.of(),
                ClientVerdict.of(sampler.seconds(), setting.machine().cpus(), Quantiles.of(sampler.lag())));
    }
}
