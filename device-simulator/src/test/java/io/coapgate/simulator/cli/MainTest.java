package io.coapgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Main main = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void showsItsCommands() {
        assertThat(main.execute("--help")).isZero();
        assertThat(text(out)).contains("demo", "simulate", "upstream", "bench");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "simulate", "upstream", "bench"})
    void explainsEachCommand(String command) {
        assertThat(main.execute(command, "--help")).isZero();
        assertThat(text(out)).contains("Usage:");
        assertThat(text(out).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void saysItsVersion() {
        assertThat(main.execute("--version")).isZero();
        assertThat(text(out)).startsWith("coapgate-simulator ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "bench", "simulate --credential none", "simulate --devices many"})
    void exits64OnAWrongCommandLine(String line) {
        assertThat(main.execute(line.split(" ", -1))).isEqualTo(64);
        assertThat(text(err)).startsWith("coapgate: ");
    }

    @Test
    void writesAFleetForARegistry() {
        Path fleet = directory.resolve("fleet");
        int code = main.execute(
                "simulate",
                "--enrol",
                fleet.toString(),
                "--devices",
                "3",
                "--credential",
                "rpk-ed25519",
                "--token",
                "authz-info");
        assertThat(code).isZero();
        assertThat(text(out)).contains("3 devices written to", "--fleet " + fleet);
        assertThat(fleet.resolve("devices.yaml")).content().contains("sim-000002", "BEGIN PUBLIC KEY");
        assertThat(fleet.resolve("fleet.json")).content().contains("\"rpk-ed25519\"", "\"authz-info\"");
    }

    @Test
    void exits73RatherThanOverwriteAFleet() {
        String fleet = directory.resolve("fleet").toString();
        assertThat(main.execute("simulate", "--enrol", fleet)).isZero();
        assertThat(main.execute("simulate", "--enrol", fleet)).isEqualTo(73);
    }

    @Test
    void exits69WhenThereIsNoFleet() {
        assertThat(main.execute("simulate", "--fleet", directory.toString(), "--target", "coaps://127.0.0.1"))
                .isEqualTo(69);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
