package io.coapgate.simulator.report;

import io.coapgate.simulator.run.Distribution;
import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Results;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Setting;
import io.coapgate.simulator.run.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** Runs of a minute, with a restart in the middle, that were never run. */
public final class SampleRun {
    private static final int SECONDS = 60;
    private static final int RESTART = 30;

    private final Histogram all = new Histogram(3);
    private final List<Second> seconds = new ArrayList<>();
    private final int slowness;
    private final String reason;

    private SampleRun(int slowness, String reason) {
        this.slowness = slowness;
        this.reason = reason;
    }

    /** One whose expectations were met. */
    public static RunRecord passed() {
        return new SampleRun(1, "").record(List.of(new Expectation("p99 < 250ms", "12.3 ms", true)));
    }

    /** One that was twice as slow, and whose expectations were not met. */
    public static RunRecord failed(String reason) {
        return new SampleRun(2, reason)
                .record(List.of(
                        new Expectation("p99 < 250ms", "24.6 ms", true), new Expectation("errors == 0", "20", false)));
    }

    /** One that nothing came of. */
    public static RunRecord empty() {
        Distribution none = Distribution.of(new Histogram(3));
        return RunRecord.of(
                setting(),
                new Timeline(Duration.ZERO, Duration.ZERO, List.of(), List.of(), List.of()),
                new Results(none, none, Map.of(), List.of(), client(false)));
    }

    private RunRecord record(List<Expectation> expectations) {
        for (int t = 0; t < SECONDS; t++) {
            seconds.add(second(t));
        }
        boolean errors = !reason.isEmpty();
        return RunRecord.of(
                setting(),
                new Timeline(
                        Duration.ofSeconds(SECONDS),
                        Duration.ofMillis(60_500),
                        List.of(new Timeline.Phase("connect", 0, 5), new Timeline.Phase("steady", 5, SECONDS)),
                        List.of(new Timeline.Mark(RESTART, "gateway killed & started again")),
                        seconds),
                new Results(
                        Distribution.of(all),
                        Distribution.of(all),
                        errors ? Map.of(reason, 20L) : Map.of(),
                        expectations,
                        client(errors)));
    }

    private Second second(int t) {
        Histogram latency = new Histogram(3);
        for (int i = 1; i <= 100; i++) {
            long micros = slowness * (800L + 10L * i * (i == 100 ? 20 : 1));
            latency.recordValue(micros);
            all.recordValue(micros);
        }
        boolean restart = t == RESTART;
        return new Second(
                t,
                new Second.Requests(100, 100, 100, restart && !reason.isEmpty() ? Map.of(reason, 20L) : Map.of()),
                new Second.Devices(restart ? 0 : 50, t == 0 || restart ? 50 : 0, t == 0 || restart ? 50 : 0),
                Quantiles.of(latency),
                new Second.Traffic(10_000, 6_000, 100, 100),
                new Second.Processors(0.3, OptionalDouble.of(0.1 * slowness)));
    }

    private static Setting setting() {
        return new Setting(
                "gateway-restart",
                "local",
                Instant.parse("2026-11-25T10:00:00.5Z"),
                new Setting.Machine("Linux amd64", 2, "25", 1 << 30),
                new Setting.Fleet(50, "psk", "self-issued", true));
    }

    private static Results.Client client(boolean bottleneck) {
        return new Results.Client(
                bottleneck, bottleneck ? "It used all it could get." : "", new Quantiles(20, 30, 40, 50, 60));
    }
}
