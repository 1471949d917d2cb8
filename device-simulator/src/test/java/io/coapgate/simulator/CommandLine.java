package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs other people's programs. */
public final class CommandLine {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String REQUIRED = "COAPGATE_REQUIRE_INTEROP";

    private CommandLine() {}

    /** What a program wrote, standard error included, and its exit code. */
    public record Result(int exitCode, String output) {}

    /**
     * Skips the test, and says so loudly, if the program is not installed; fails it where COAPGATE_REQUIRE_INTEROP is
     * true, so that a build that must show interoperability can't pass without.
     */
    public static void require(String program) {
        require(program, "libcoap3-bin");
    }

    /** Likewise for a program of that package of Debian's. */
    public static void require(String program, String debianPackage) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        if ("true".equals(System.getenv(REQUIRED))) {
            fail(program + " is not installed, and " + REQUIRED + " is true");
        }
        System.err.println("*** NOT TESTED: " + program + " is not installed (Debian: " + debianPackage + ") ***");
        Assumptions.abort(program + " is not installed");
    }

    /** Runs a program to its end, for a minute at most. */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, TIMEOUT);
    }

    /** Runs a program to its end, for so long at most. */
    public static Result run(List<String> command, Duration timeout) throws IOException, InterruptedException {
        Path output = Files.createTempFile("coapgate-output-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no end after " + timeout.toSeconds() + " s: " + text(output));
            }
            return new Result(process.exitValue(), text(output));
        } finally {
            Files.delete(output);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
