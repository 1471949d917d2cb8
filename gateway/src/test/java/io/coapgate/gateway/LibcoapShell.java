package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs lines of shell with libcoap's command line clients in a directory of their own. */
final class LibcoapShell {
    static final String OPENSSL = "coap-client-openssl";
    static final String GNUTLS = "coap-client-gnutls";

    private static final long TIMEOUT_SECONDS = 200;

    private final Path directory;

    /** Skips the test, and says so loudly, without such a program; fails it where COAPGATE_REQUIRE_INTEROP is true. */
    LibcoapShell(Path directory, String client) throws Exception {
        this.directory = Files.createDirectory(directory.resolve("device"));
        require(client);
        require("xxd");
    }

    /** Where the lines run. */
    Path directory() {
        return directory;
    }

    /** What the lines and their programs said, whether they failed or not. */
    String run(String lines, Map<String, String> environment) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", lines)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().putAll(environment);
        Process process = shell.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            fail("no end of %s: %s", lines, Files.readString(output));
        }
        return new String(Files.readAllBytes(output), UTF_8).strip();
    }

    private static void require(String program) {
        for (String path : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(path, program))) {
                return;
            }
        }
        if ("true".equals(System.getenv("COAPGATE_REQUIRE_INTEROP"))) {
            fail("%s is not installed, and COAPGATE_REQUIRE_INTEROP is true", program);
        }
        System.err.println("*** NOT TESTED: " + program + " is not installed (Debian: libcoap3-bin, xxd) ***");
        Assumptions.abort(program + " is not installed");
    }
}
