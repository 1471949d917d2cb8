package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Second;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineProgress progress = new LineProgress(new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void tellsDevicesThatAreUpRatePercentilesAndErrorsByReasonInALineASecond() {
        progress.running(new Progress.Tick(
                Duration.ofMillis(3010),
                Duration.ofSeconds(60),
                new Second(
                        4,
                        new Second.Requests(1500, 1500, 1497, Map.of()),
                        new Second.Devices(1200, 0, 0),
                        new Quantiles(1_530, 2_000, 38_100, 40_000, 50_000),
                        new Second.Traffic(0, 0, 0, 0),
                        new Second.Processors(0.5, OptionalDouble.empty())),
                Map.of("timeout", 2L, "5.03 Busy", 40L, "a", 1L, "reset", 3L)));
        assertThat(lines())
                .containsExactly(
                        "   3 s    1,497/s  up 1,200  p50   1.53 ms  p99   38.1 ms  errors 46 (5.03 Busy 40, reset 3,"
                                + " timeout 2, ...)");
    }

    @Test
    void tellsWhatHappensAndHowFarConnectingIsWithoutFillingALog() {
        for (int done = 0; done <= 1000; done++) {
            progress.connecting(done, 1000);
        }
        progress.happened(Duration.ofSeconds(10), "phase steady");
        assertThat(lines())
                .hasSize(11)
                .startsWith("connecting  100 of 1,000")
                .endsWith("connecting  1,000 of 1,000", "  10 s  phase steady");
    }

    private String[] lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}
