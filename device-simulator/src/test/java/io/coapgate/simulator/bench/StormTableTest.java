package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StormTableTest {
    @Test
    void comparesTheGatewayWithEachBareServer() {
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        runs.put(StormServer.COAPGATE, List.of(run(900), run(450)));
        runs.put(StormServer.BARE, List.of(run(1000), run(500)));
        runs.put(StormServer.BARE_JDK, List.of(run(100), run(50)));
        assertThat(new StormTable(runs).toString())
                .containsPattern("coapgate +675 +1,667 +675 +100% +0")
                .containsPattern("coapgate / bare +0\\.90 \\(0\\.90 to 0\\.90\\)")
                .containsPattern("coapgate / bare, JDK's provider +9\\.00 ");
    }

    private static Measurement run(long connects) {
        return new Measurement(connects, 0, Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty());
    }
}
