package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmTableTest {
    @Test
    void showsMediansAndWhatTheyAreToOneAnother() {
        String table = closed(run(60_000, 1.0), run(30_000, 1.0));
        assertThat(table)
                .containsPattern("local +60,000 +16\\.7 +60,000 +100% +0")
                .containsPattern("coapgate / local +2\\.00 \\(2\\.00 to 2\\.00\\) +0\\.50 .* +0\\.50 ")
                .doesNotContain("floor", "proxy2", "waits for the client's core");
        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void saysWhenAServerWasNotBusy() {
        assertThat(closed(run(60_000, 0.5), run(30_000, 1.0))).contains("waits for the client's core");
    }

    @Test
    void comparesLatencyWhereRequestsWereOffered() {
        Latency latency = new Latency(Duration.ofMillis(1), Duration.ofMillis(3), Duration.ofMillis(9));
        Latency twice = new Latency(Duration.ofMillis(2), Duration.ofMillis(6), Duration.ofMillis(18));
        String table = new WarmTable(
                        Map.of(
                                Contender.PROXY2, List.of(run(100, 0.5, Optional.of(twice))),
                                Contender.COAPGATE, List.of(run(100, 0.5, Optional.of(latency)))),
                        true)
                .toString();
        assertThat(table)
                .containsPattern("coapgate +100 +5000\\.0 +50% +1\\.00 +3\\.00 +0")
                .containsPattern("coapgate / proxy2 +1\\.00 .* 0\\.50 .* 0\\.50 ")
                .doesNotContain("waits for the client's core");
    }

    private static String closed(Measurement local, Measurement gateway) {
        return new WarmTable(Map.of(Contender.LOCAL, List.of(local), Contender.COAPGATE, List.of(gateway)), false)
                .toString();
    }

    private static Measurement run(long requests, double cpuSeconds) {
        return run(requests, cpuSeconds, Optional.empty());
    }

    private static Measurement run(long requests, double cpuSeconds, Optional<Latency> latency) {
        return new Measurement(
                requests, 0, Duration.ofSeconds(1), Duration.ofMillis((long) (1000 * cpuSeconds)), latency);
    }
}
