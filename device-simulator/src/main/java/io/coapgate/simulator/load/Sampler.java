package io.coapgate.simulator.load;

import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.Traffic;
import io.coapgate.simulator.load.LoadStatistics.Counts;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Takes what has happened since the last time, as one second of a run, and adds the latencies up. For one thread. */
final class Sampler {
    private final LoadStatistics statistics;
    private final Fleet fleet;
    private final DeviceRuntime runtime;
    private final CpuMeter simulator = CpuMeter.ofThisProcess();
    private final CpuMeter gateway;
    private final List<Second> seconds = new ArrayList<>();
    private final Histogram latency = Micros.histogram();
    private final Histogram connecting = Micros.histogram();
    private final Histogram lag = Micros.histogram();
    private Counts counts = Counts.none();
    private Traffic.Count traffic;
    private long handshakes;
    private long tokens;

    Sampler(LoadStatistics statistics, Fleet fleet, DeviceRuntime runtime, CpuMeter gateway) {
        this.statistics = statistics;
        this.fleet = fleet;
        this.runtime = runtime;
        this.gateway = gateway;
        this.traffic = runtime.traffic().count();
        this.handshakes = runtime.handshakes();
        this.tokens = runtime.tokens();
    }

    Second sample() {
        Histogram latencies = statistics.latencies();
        latency.add(latencies);
        connecting.add(statistics.connecting());
        lag.add(statistics.lag());
        Second second =
                new Second(seconds.size(), requests(), devices(), Quantiles.of(latencies), traffic(), processors());
        seconds.add(second);
        return second;
    }

    private Second.Requests requests() {
        Counts now = statistics.counts();
        Map<String, Long> errors = new TreeMap<>();
        now.errors().forEach((reason, count) -> {
            long more = count - counts.errors().getOrDefault(reason, 0L);
            if (more > 0) {
                errors.put(reason, more);
            }
        });
        Second.Requests requests = new Second.Requests(
                now.due() - counts.due(), now.sent() - counts.sent(), now.answered() - counts.answered(), errors);
        counts = now;
        return requests;
    }

    private Second.Devices devices() {
        long now = runtime.handshakes();
        long taken = runtime.tokens();
        Second.Devices devices = new Second.Devices(fleet.up(), now - handshakes, taken - tokens);
        handshakes = now;
        tokens = taken;
        return devices;
    }

    private Second.Traffic traffic() {
        Traffic.Count now = runtime.traffic().count();
        Traffic.Count more = now.minus(traffic);
        traffic = now;
        return new Second.Traffic(more.bytesOut(), more.bytesIn(), more.datagramsOut(), more.datagramsIn());
    }

    private Second.Processors processors() {
        return new Second.Processors(simulator.cores().orElse(0), gateway.cores());
    }

    List<Second> seconds() {
        return List.copyOf(seconds);
    }

    /** All errors up to the last sample. */
    Map<String, Long> errors() {
        return counts.errors();
    }

    /** Of all requests up to the last sample, in microseconds, and so are the following. */
    Histogram latency() {
        return latency;
    }

    Histogram connecting() {
        return connecting;
    }

    Histogram lag() {
        return lag;
    }
}
