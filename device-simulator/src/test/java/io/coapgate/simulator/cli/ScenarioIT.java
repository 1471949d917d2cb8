package io.coapgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.run.RunFile;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short scenarios against a gateway of their own; patient, since the machine may be busy with others. */
class ScenarioIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Main main = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void devicesThatAreRemovedAreRefusedFromThenOnAndTheOthersNoticeNothing() throws IOException {
        RunRecord run = passing("""
                fleet: {devices: 6, timeout: 3s}
                load: [{name: sending, duration: 9s, constant: 30}]
                events: [{at: 1s, do: devices-removed, devices: 2}]
                expect: [connected == 6, revocation < 8s, errors(removed) > 0, errors(not removed) == 0]
                """);
        assertThat(run.timeline().marks()).extracting(Timeline.Mark::text).contains("devices-removed");
    }

    @Test
    void abusiveDeviceIsRefusedWhatIsTooMuchAndTheOthersNoticeNothing() throws IOException {
        passing("""
                fleet: {devices: 4, timeout: 60s}
                gateway: {service-delay: 100ms, max-in-flight-per-device: 2}
                load: [{name: abuse, duration: 3s, constant: 9}]
                events: [{at: 0s, do: abuse, devices: 1, rate: 200}]
                expect: [connected == 4, "errors(abusive: 4.29) > 50", errors(not abusive) == 0]
                """);
    }

    @Test
    void devicesWithWrongClocksGetInAsFarAsTheLeewayGoes() throws IOException {
        passing("""
                fleet: {devices: 4, token-lifetime: 10m, timeout: 60s,
                        clocks: [{behind: 24h}, {ahead: 1h}, {ahead: 10s}]}
                load: [{duration: 1s, constant: 5}]
                expect: [connected == 2, "errors(token upload: 4.01) == 2", errors(not token upload) == 0]
                """);
    }

    @Test
    void issuerKeysTakeTurnsAndTheServiceTakesTheTokensOfBoth() throws IOException {
        RunRecord run = passing("""
                fleet: {devices: 2, timeout: 60s}
                gateway: {jwt-lifetime: 10s}
                load: [{name: steady, duration: 12s, constant: 10}]
                events: [{at: 1s, do: issuer-keys-rotated}]
                expect: [connected == 2, errors == 0, goodput == 100%]
                """);
        assertThat(run.timeline().marks()).extracting(Timeline.Mark::text).contains("issuer-keys-rotated done");
    }

    @Test
    void outageOfTheServiceIsToldAndCostsNoSession() throws IOException {
        passing("""
                fleet: {devices: 3, timeout: 60s}
                load:
                  - {name: outage, duration: 3s, constant: 5}
                  - {name: after, duration: 3s, constant: 5}
                events: [{at: 0s, do: upstream-outage}, {at: 3s, do: upstream-recovery}]
                expect: [errors(5.0) > 0, errors(timeout) == 0, goodput > 0%, handshakes == 3]
                """);
    }

    @Test
    void expectationThatIsNotMetFailsTheRunAndStandsInItsReport() throws IOException {
        Path file = scenario("""
                fleet: {devices: 1, token: session, timeout: 60s}
                load: [{duration: 1s, constant: 2}]
                expect: [errors > 0]
                """);
        Path report = directory.resolve("report.html");
        assertThat(main.execute("simulate", "--scenario", file.toString(), "--report", report.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(output()).contains("FAILED      errors > 0 (0)");
        assertThat(report).content().contains("1 of 1 expectations was not met: errors &gt; 0, but it was 0.");
    }

    @Test
    void scenarioThatEndsTheGatewayIsNotForOneOfYourOwn() throws IOException {
        Path file = scenario("load: [{constant: 1}]\nevents: [{at: 1s, do: gateway-kill}]\n");
        main.execute("simulate", "--scenario", file.toString(), "--target", "coaps://127.0.0.1:5684");
        assertThat(output()).contains("works only without --target");
    }

    @Test
    void mistakesExitWithACodeOfTheirOwnAndBeginWithTheirPlace() throws IOException {
        Path file = scenario("load: [{constant: 1}]\nexpect: [p99 < 20]\n");
        assertThat(main.execute("simulate", "--scenario", file.toString())).isEqualTo(ExitCode.DATA);
        assertThat(output()).startsWith(file + ":2: expect[0]: '20' is no value of p99; write a duration, 250ms");
    }

    private RunRecord passing(String text) throws IOException {
        Path json = directory.resolve("run.json");
        int code = main.execute("simulate", "--scenario", scenario(text).toString(), "--json", json.toString());
        assertThat(code).as(output()).isZero();
        return RunFile.read(json);
    }

    private Path scenario(String text) throws IOException {
        return Files.writeString(directory.resolve("test.yaml"), text);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
