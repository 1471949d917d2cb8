package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Measurement RUN =
            new Measurement(60_000, 0, Duration.ofSeconds(2), Duration.ofSeconds(1), Optional.empty());

    @Test
    void countsProcessorTimePerRequest() {
        assertThat(RUN.requestsPerSecond()).isEqualTo(30_000);
        assertThat(RUN.cpuMicrosPerRequest()).isCloseTo(16.7, within(0.05));
        assertThat(RUN.requestsPerSecondAndCore()).isCloseTo(60_000, within(1.0));
        assertThat(RUN.coresUsed()).isEqualTo(0.5);
    }

    @Test
    void hasNoLatencyWhereNoneWasMeasured() {
        assertThat(RUN.p99Millis()).isNaN();
        assertThat(RUN.medianMillis()).isNaN();
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
}
