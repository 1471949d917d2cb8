package io.coapgate.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        RunRecord run = run();
        Path file = directory.resolve("run.json");
        RunFile.write(file, run);
        assertThat(RunFile.read(file)).isEqualTo(run);
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void allLatenciesAreInTheFile() throws IOException {
        Path file = directory.resolve("run.json");
        RunFile.write(file, run());
        Histogram latency = RunFile.read(file).results().latency().decode();
        assertThat(latency.getTotalCount()).isEqualTo(100);
        assertThat(latency.getValueAtPercentile(50)).isEqualTo(50);
    }

    @Test
    void unknownFiguresAreNull() throws IOException {
        Path file = directory.resolve("run.json");
        RunFile.write(file, run());
        assertThat(file).content().contains("\"gateway\" : null", "\"planned\" : \"PT1M\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"format\" : 1', '\"format\" : 2', 'in format 2'",
        "'\"format\" : 1', '\"version\" : 1', 'write one with --json'",
        "'\"scenario\"', '\"scenari\"', 'scenari'",
        "'\"cpus\" : 2,', '', 'cpus'",
        "'\"cpus\" : 2', '\"cpus\" : null', 'cpus'",
        "'\"cpus\" : 2', '\"cpus\" : 2, \"cpus\" : 3', 'cpus'",
    })
    void mistakesAreToldWithFileAndName(String good, String bad, String told) throws IOException {
        Path file = directory.resolve("run.json");
        RunFile.write(file, run());
        String json = Files.readString(file);
        assertThat(json).contains(good);
        Files.writeString(file, json.replaceFirst(Pattern.quote(good), bad));
        assertThatExceptionOfType(RunFileException.class)
                .isThrownBy(() -> RunFile.read(file))
                .withMessageStartingWith(file + ":")
                .withMessageContaining(told);
    }

    @Test
    void whatIsNoJsonIsToldWithItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("run.json"), "{\n\"format\": 1,\nnonsense}");
        assertThatExceptionOfType(RunFileException.class)
                .isThrownBy(() -> RunFile.read(file))
                .withMessageStartingWith(file + ":3:");
    }

    @Test
    void runPassesWhenAllItsExpectationsDo() {
        assertThat(run().passed()).isFalse();
    }

    private static RunRecord run() {
        Histogram histogram = new Histogram(3);
        for (int micros = 1; micros <= 100; micros++) {
            histogram.recordValue(micros);
        }
        Quantiles quantiles = Quantiles.of(histogram);
        Second second = new Second(
                0,
                new Second.Requests(20, 20, 18, Map.of("5.03", 2L)),
                new Second.Devices(10, 10, 10),
                quantiles,
                new Second.Traffic(4000, 2000, 22, 21),
                new Second.Processors(0.25, OptionalDouble.empty()));
        return RunRecord.of(
                new Setting(
                        "steady",
                        "coaps://gateway.example:5684",
                        Instant.parse("2026-11-25T10:00:00Z"),
                        new Setting.Machine("Linux amd64", 2, "25", 1 << 30),
                        new Setting.Fleet(10, "psk", "self-issued", true)),
                new Timeline(
                        Duration.ofMinutes(1),
                        Duration.ofMillis(61_500),
                        List.of(new Timeline.Phase("connect", 0, 1.5), new Timeline.Phase("steady", 1.5, 61.5)),
                        List.of(new Timeline.Mark(30, "gateway restarted")),
                        List.of(second)),
                new Results(
                        Distribution.of(histogram),
                        Distribution.of(new Histogram(3)),
                        Map.of("5.03", 2L),
                        List.of(new Expectation("errors == 0", "2", false)),
                        new Results.Client(false, "", quantiles)));
    }
}
