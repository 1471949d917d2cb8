package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the very lines of docs/ace.md by which a device without any code of its own gets a token and uses it. */
@Timeout(300)
class LibcoapTokenIT {
    private static final String HEADING = "\n## A device with libcoap only\n";
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final long TIMEOUT_SECONDS = 200;

    @TempDir
    Path directory;

    private IssuingGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new IssuingGateway(directory, "{issuer: as}", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
    void aTokenForTheKeyThatTheDeviceHas(String client) throws Exception {
        assertThat(run(client, blocks().get(1))).endsWith("ok");
        assertThat(gateway.authorizations()).singleElement().asString().startsWith("Bearer ey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
    void aTokenWithAKeyOfItsOwn(String client) throws Exception {
        assertThat(run(client, blocks().get(2))).endsWith("ok");
        assertThat(gateway.authorizations()).singleElement().asString().startsWith("Bearer ey");
    }

    /** Those of the section: values first, which the test has of its own, then the two ways. */
    private static List<String> blocks() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "ace.md"));
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        Matcher shell = SHELL.matcher(section.substring(0, section.indexOf("\n## ")));
        List<String> blocks = new ArrayList<>();
        while (shell.find()) {
            blocks.add(shell.group(1));
        }
        assertThat(blocks).hasSize(3);
        return blocks;
    }

    private String run(String client, String lines) throws Exception {
        require(client);
        require("xxd");
        Path work = Files.createDirectory(directory.resolve("device"));
        Path output = directory.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", lines)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment()
                .putAll(Map.of(
                        "CLIENT",
                        client,
                        "COAPS",
                        "coaps://127.0.0.1:" + gateway.address("psk").getPort(),
                        "COAP",
                        "coap://127.0.0.1:" + gateway.plainAddress("psk").getPort(),
                        "IDENTITY",
                        "sensor-1",
                        "KEY",
                        IssuingGateway.KEY));
        Process process = shell.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("no end of %s: %s", lines, Files.readString(output));
        }
        return new String(Files.readAllBytes(output), UTF_8).strip();
    }

    /** Skips the test, and says so loudly, without such a program; fails it where COAPGATE_REQUIRE_INTEROP is true. */
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
