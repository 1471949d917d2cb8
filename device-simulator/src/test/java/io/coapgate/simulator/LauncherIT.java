package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.launch.GatewayJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code coapgate} script hands every command of both jars to the jar that has it. */
class LauncherIT {
    private static final Pattern COMMAND = Pattern.compile("^  ([a-z][a-z-]+) ", Pattern.MULTILINE);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path home = Path.of("");

    static List<Path> jars() throws Exception {
        return List.of(GatewayJar.locate(), Path.of("target", "coapgate-simulator.jar"));
    }

    /** A place with the script and without sources, and a Java that only says what it was asked to run. */
    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Path.of("..", "coapgate"), home.resolve("coapgate"));
        executable("java", """
                #!/bin/sh
                [ "$1" = -version ] && echo 'openjdk version "17.0.15"' || echo "$@"
                """);
        executable("javac", "#!/bin/sh\n");
    }

    @ParameterizedTest
    @MethodSource("jars")
    void knowsTheCommandsOf(Path jar) throws Exception {
        List<String> commands = commands(run(JAVA, "-jar", jar.toString(), "--help"));
        assertThat(commands).hasSizeGreaterThan(3);
        for (String command : commands) {
            assertThat(launch(command, "--option"))
                    .as(command)
                    .endsWith("/" + jar.getFileName() + " " + command + " --option\n");
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void listsTheCommandsOf(Path jar) throws Exception {
        assertThat(commands(launch("--help"))).containsAll(commands(run(JAVA, "-jar", jar.toString(), "--help")));
    }

    @Test
    void saysWhichCommandItDoesNotKnow() throws Exception {
        assertThat(launch("nonsense")).startsWith("coapgate: unknown command: nonsense\n");
    }

    private static List<String> commands(String usage) {
        return COMMAND.matcher(usage)
                .results()
                .map(result -> result.group(1))
                .filter(command -> !command.equals("help"))
                .toList();
    }

    private String launch(String... arguments) throws Exception {
        String[] line = new String[arguments.length + 1];
        line[0] = home.resolve("coapgate").toString();
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return run(line);
    }

    private String run(String... line) throws Exception {
        Path output = home.resolve("output.txt");
        ProcessBuilder command =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        command.environment().remove("JAVA_OPTS");
        Process process = command.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(Arrays.toString(line))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private void executable(String name, String text) throws IOException {
        Path file = home.resolve("jdk").resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
