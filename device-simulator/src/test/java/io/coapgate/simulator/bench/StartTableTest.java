package io.coapgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTableTest {
    @Test
    void showsMediansExtremesAndWhatTheArchiveGives() {
        List<StartSample> plain = List.of(sample(900, 1_000), sample(1_900, 2_000), sample(1_100, 1_200));
        List<StartSample> archived = List.of(sample(400, 500), sample(900, 1_000), sample(500, 600));
        assertThat(new StartTable("AOT cache", plain, archived).toString())
                .containsPattern("plain +1,100 +1,200 +1,000 +2,000")
                .containsPattern("AOT cache +500 +600 +500 +1,000")
                .endsWith("AOT cache / plain, pair by pair: 0.50 (0.50 to 0.50)");
    }

    @Test
    void takesWhatTheJdkOffers() {
        Path file = Path.of("classes");
        assertThat(new ClassArchive(file, 17).making()).containsExactly("-XX:ArchiveClassesAtExit=classes");
        assertThat(new ClassArchive(file, 24).using()).containsExactly("-XX:SharedArchiveFile=classes");
        assertThat(new ClassArchive(file, 25).making()).containsExactly("-XX:AOTCacheOutput=classes");
        assertThat(new ClassArchive(file, 25).using()).containsExactly("-XX:AOTCache=classes");
    }

    private static StartSample sample(long ready, long answered) {
        return new StartSample(Duration.ofMillis(ready), Duration.ofMillis(answered));
    }
}
