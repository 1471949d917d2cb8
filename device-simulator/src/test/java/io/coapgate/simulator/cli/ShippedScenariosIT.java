package io.coapgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.scenario.ScenarioRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenarios that come with the simulator: in short, without demands on speed, in every build, and as they are shipped, which
 * takes minutes and a machine that is not busy otherwise, with the profile {@code extended}.
 */
class ShippedScenariosIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Main main = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory = Path.of("");

    static Stream<String> shipped() {
        return ScenarioRun.shipped().stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"steady", "storm", "nat-rebind", "lossy", "expiry-wave", "overload"})
    void passesInShort(String name) throws IOException {
        Path file = directory.resolve(name + ".yaml");
        try (InputStream text = getClass().getResourceAsStream("/short-scenarios/" + name + ".yaml")) {
            Files.copy(Objects.requireNonNull(text, name), file);
        }
        assertPasses(file.toString());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    @Tag("extended")
    void passesAsShipped(String name) {
        assertPasses(name);
    }

    private void assertPasses(String scenario) {
        int code = main.execute("simulate", "--scenario", scenario);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }
}
