package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.token.MutableClock;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the very lines of docs/ace.md by which a device without any code of its own gets a token and uses it. */
@Timeout(300)
class LibcoapTokenIT {
    private static final String HEADING = "\n## A device with libcoap only\n";
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final Path directory;

    private IssuingGateway gateway;

    LibcoapTokenIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = new IssuingGateway(directory, "{issuer: as}", new MutableClock(timeWithoutZeroBytes()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
    void aTokenForTheKeyThatTheDeviceHas(String client) throws Exception {
        assertServed(run(client, "psk", blocks().get(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
    void aTokenWithAKeyOfItsOwn(String client) throws Exception {
        assertServed(run(client, "psk", blocks().get(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
    void aTokenInTheHandshake(String client) throws Exception {
        assertServed(run(client, "psk", blocks().get(3)));
    }

    @Test
    void aTokenForARawPublicKey() throws Exception {
        assertServed(run(LibcoapShell.GNUTLS, "rpk", blocks().get(4)));
    }

    private void assertServed(String output) {
        assertThat(output).endsWith("ok");
        assertThat(gateway.authorizations()).singleElement().asString().startsWith("Bearer ey");
    }

    /** Those of the section: values first, which the test has of its own, then the ways. */
    private static List<String> blocks() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "ace.md"));
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        Matcher shell = SHELL.matcher(section.substring(0, section.indexOf("\n## ")));
        List<String> blocks = new ArrayList<>();
        while (shell.find()) {
            blocks.add(shell.group(1));
        }
        assertThat(blocks).hasSize(5);
        return blocks;
    }

    private String run(String client, String listener, String lines) throws Exception {
        LibcoapShell shell = new LibcoapShell(directory, client);
        Files.writeString(shell.directory().resolve("device.pem"), Pem.encodeSec1(gateway.keys("d3")));
        Map<String, String> environment = Map.of(
                "CLIENT",
                client,
                "COAPS",
                "coaps://127.0.0.1:" + gateway.address(listener).getPort(),
                "COAP",
                "coap://127.0.0.1:" + gateway.plainAddress("psk").getPort(),
                "IDENTITY",
                "sensor-1",
                "KEY",
                IssuingGateway.KEY);
        return shell.run(lines, environment);
    }

    /** The next second in which a token's {@code iat} and {@code exp} don't keep it from being an argument of a program. */
    private static Instant timeWithoutZeroBytes() {
        return Stream.iterate(Instant.ofEpochSecond(Instant.now().getEpochSecond()), time -> time.plusSeconds(1))
                .filter(time -> hasNoZeroByte(time) && hasNoZeroByte(time.plus(TOKEN_LIFETIME)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasNoZeroByte(Instant time) {
        for (byte one :
                ByteBuffer.allocate(4).putInt((int) time.getEpochSecond()).array()) {
            if (one == 0) {
                return false;
            }
        }
        return true;
    }
}
