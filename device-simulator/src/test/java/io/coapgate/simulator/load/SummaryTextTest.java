package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    @Test
    void listsErrorsByHowManyThereWere() {
        LoadSummary summary = new LoadSummary(
                12_000,
                Map.of("timeout", 2L, "4.01 Token expired", 30L),
                new Latencies(
                        Duration.ofNanos(830_000),
                        Duration.ofMillis(12),
                        Duration.ofMillis(120),
                        Duration.ofSeconds(2)),
                Duration.ofSeconds(10),
                101,
                100);
        assertThat(SummaryText.of(summary)).isEqualTo("""
                        devices     100 connected
                        handshakes  101
                        requests    12,032 in 10.0 s
                        answered    12,000 (1,200 per second)
                        errors      32
                                    30  4.01 Token expired
                                     2  timeout
                        latency     p50 0.83 ms   p90 12.0 ms   p99 120 ms   max 2,000 ms""");
    }

    @Test
    void makesSenseWhenNothingHappened() {
        LoadSummary summary =
                new LoadStatistics().summary(new org.HdrHistogram.Histogram(3), Duration.ofSeconds(1), 0, 0);
        assertThat(SummaryText.of(summary)).contains("answered    0 (0 per second)", "max 0.00 ms");
    }
}
