package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Measurement BARE = new Measurement(60_000, 0, Duration.ofSeconds(2), Duration.ofSeconds(1));
    private static final Measurement GATEWAY = new Measurement(30_000, 1, Duration.ofSeconds(2), Duration.ofSeconds(1));

    @Test
    void countsProcessorTimePerRequest() {
        assertThat(BARE.requestsPerSecond()).isEqualTo(30_000);
        assertThat(BARE.cpuMicrosPerRequest()).isCloseTo(16.7, within(0.05));
        assertThat(BARE.requestsPerSecondAndCore()).isCloseTo(60_000, within(1.0));
        assertThat(BARE.coresUsed()).isEqualTo(0.5);
    }

    @Test
    void readsProcessorTimeBehindAnyCommandName() {
        String stat = "4711 (ja) va ((x)) S 1 4711 4711 0 -1 4194304 9 0 0 0 150 50 0 0 20 0 30 0 123 456 789";
        assertThat(CpuTime.parse(stat)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void readsTheKernelsListsOfProcessors() {
        assertThat(Cores.parse("0-2,5")).containsExactly(0, 1, 2, 5);
        assertThat(Cores.parse("3")).containsExactly(3);
    }

    @Test
    void takesTheMedian() {
        assertThat(WarmTable.median(List.of(BARE, GATEWAY, GATEWAY), Measurement::requestsPerSecond))
                .isEqualTo(15_000);
        assertThat(WarmTable.median(List.of(BARE, GATEWAY), Measurement::requestsPerSecond))
                .isEqualTo(22_500);
    }

    @Test
    void showsRatiosAndSaysWhenTheServerWasNotBusy() {
        String table = new WarmTable(WarmPlan.quick(), "server on core 0").of(List.of(BARE), List.of(GATEWAY));
        assertThat(table).contains("coapgate / bare", "2.00", "0.50", "waits for the client's core");
        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
