package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);

    @Test
    void listsErrorsByHowManyThereWere() {
        RunRecord run = run(
                new Distribution(12_000, new Quantiles(830, 12_000, 120_000, 1_000_000, 2_000_000), List.of(), ""),
                Map.of("timeout", 2L, "4.01 Token expired", 30L),
                new Results.Client(false, "", NONE));
        assertThat(SummaryText.of(run)).isEqualTo("""
                        devices     100 connected
                        handshakes  101
                        requests    12,032 in 10.0 s
                        answered    12,000 (1,200 per second)
                        errors      32
                                    30  4.01 Token expired
                                     2  timeout
                        latency     p50 0.83 ms   p90 12.0 ms   p99 120 ms   max 2,000 ms
                        traffic     1,203,200 bytes in 24,064 datagrams (100 bytes per request)
                        simulator   0.25 cores
                        FAILED      errors == 0 (32)""");
    }

    @Test
    void shoutsWhenTheSimulatorWasTheBottleneck() {
        RunRecord run = run(
                new Distribution(1, new Quantiles(1, 1, 1, 1, 1), List.of(), ""),
                Map.of(),
                new Results.Client(true, "It was slow.", NONE));
        assertThat(SummaryText.of(run)).contains("IT WAS THE BOTTLENECK. It was slow.");
    }

    private static RunRecord run(Distribution latency, Map<String, Long> errors, Results.Client client) {
        Second second = new Second(
                0,
                new Second.Requests(12_032, 12_032, 12_000, errors),
                new Second.Devices(100, 101, 100),
                NONE,
                new Second.Traffic(1_000_000, 203_200, 12_032, 12_032),
                new Second.Processors(0.25, OptionalDouble.empty()));
        return RunRecord.of(
                new Setting(
                        "test",
                        "coaps://127.0.0.1:5684",
                        Instant.EPOCH,
                        new Setting.Machine("Linux", 2, "17", 1),
                        new Setting.Fleet(100, "psk", "session", true)),
                new Timeline(Duration.ofSeconds(10), Duration.ofSeconds(11), List.of(), List.of(), List.of(second)),
                new Results(
                        latency,
                        new Distribution(100, NONE, List.of(), ""),
                        errors,
                        List.of(new Expectation("errors == 0", "32", false)),
                        client));
    }
}
