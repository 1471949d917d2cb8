package io.coapgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs other people's programs in one directory. */
final class CommandLine {

    private static final long TIMEOUT_SECONDS = 60;
    private static final String REQUIRED = "COAPGATE_REQUIRE_INTEROP";

    private final Path directory;

    CommandLine(Path directory) {
        this.directory = directory;
    }

    /**
     * Skips the test, and says so loudly, if the program is not installed; fails it where COAPGATE_REQUIRE_INTEROP is
     * true, so that a build that must show interoperability can't pass without.
     */
    static void require(String program) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        if ("true".equals(System.getenv(REQUIRED))) {
            fail(program + " is not installed, and " + REQUIRED + " is true");
        }
        System.err.println("*** NOT TESTED: " + program + " is not installed ***");
        Assumptions.abort(program + " is not installed");
    }

    /** Runs a program, whose arguments are separated by single spaces, to its good end; what it wrote. */
    String run(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output-", ".txt");
        Process process = new ProcessBuilder(command.split(" ", -1))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(command + " did not end within " + TIMEOUT_SECONDS + " s");
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }

    String read(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.US_ASCII);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardCharsets.US_ASCII);
    }
}
