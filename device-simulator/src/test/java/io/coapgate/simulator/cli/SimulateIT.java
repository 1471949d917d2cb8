package io.coapgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.House;
import io.coapgate.simulator.launch.GatewayPorts;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.launch.GatewaySetup.Route;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.JavaCommand;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.LocalGateway;
import io.coapgate.simulator.launch.Pki;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code simulate} command, with a gateway of its own and with somebody else's. */
class SimulateIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Main main = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "psk, self-issued",
        "rpk, authz-info",
        "x509, session",
        "psk, in-handshake",
        "psk, via-token",
        "rpk, via-token"
    })
    void runsAFleetAgainstAGatewayOfItsOwn(String credential, String token) {
        int code = main.execute(
                "simulate",
                "--devices",
                "3",
                "--duration",
                "2",
                "--rate",
                "20",
                "--credential",
                credential,
                "--token",
                token,
                "--timeout",
                "30");
        assertThat(output()).contains("3 connected", "errors      0", "answered    40");
        assertThat(code).isZero();
    }

    @Test
    void sendsAsFastAsItIsAnsweredInAClosedLoop() {
        int code = main.execute("simulate", "--devices", "3", "--duration", "2", "--closed", "--timeout", "30");
        assertThat(output()).contains("errors      0").doesNotContain("answered    0 ");
        assertThat(code).isZero();
    }

    @Test
    void exits1WhenMoreFailsThanIsAllowed() {
        String[] line = {"simulate", "--devices", "1", "--duration", "1", "--rate", "5", "--path", "/authz-info"};
        assertThat(main.execute(line)).isEqualTo(1);
        assertThat(output()).contains("errors      5", "5  4.15");
    }

    @Test
    void runsAFleetThatAGatewayHasEnrolledWhileItRan() throws Exception {
        GatewaySetup setup = new GatewaySetup(
                KeyPairs.p256(House.RANDOM),
                new Pki(KeyPairs.p256(House.RANDOM), House.CLOCK, House.RANDOM),
                GatewayPorts.ephemeral(),
                List.of(),
                List.of(new Route("/**", true)));
        try (LocalGateway gateway =
                LocalGateway.start(setup, List.of(), LocalGateway.Service.VERIFY, JavaCommand.plain(), House.CLOCK)) {
            String fleet = directory.resolve("fleet").toString();
            assertThat(main.execute("simulate", "--enrol", fleet, "--devices", "2"))
                    .isZero();
            Files.move(
                    Path.of(fleet, "devices.yaml"),
                    gateway.files().path().resolve("devices.yaml"),
                    StandardCopyOption.REPLACE_EXISTING);
            String target = "coaps://" + HostPort.format(gateway.coaps("psk"));
            // Until the registry is read again, nobody can connect.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> main.execute(
                                    "simulate",
                                    "--fleet",
                                    fleet,
                                    "--target",
                                    target,
                                    "--duration",
                                    "1",
                                    "--rate",
                                    "10",
                                    "--timeout",
                                    "5")
                            == 0);
            assertThat(output()).contains("2 connected");
        }
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
