package io.coapgate.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Setting;
import io.coapgate.simulator.run.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs against a server on loopback. */
class LoadRunTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final int NEVER = -1;
    private static final Credential.PreSharedKey PSK = new Credential.PreSharedKey(
            "sim-1", SecretBytes.copyOf("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)), PskSuite.CCM_8);
    private static final RequestTemplate REQUEST = RequestTemplate.post("/telemetry", "{\"n\":{n}}");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void stalledServerCannotHideBehindTheRequestsThatItKeepsFromBeingSent() throws Exception {
        RunRecord run = run(LoadPlan.of(Duration.ofSeconds(4), new Shape.Constant(50), REQUEST), 10, List.of());
        Histogram latency = run.results().latency().decode();
        assertThat(run.results().errors()).isEmpty();
        assertThat(latency.getTotalCount()).isEqualTo(200);
        // During the stall 100 requests were due. Half of them, those of its first second, waited for a second or more.
        long slow = latency.getCountBetweenValues(STALL.toMillis() * 1000 / 2, latency.getMaxValue());
        assertThat(slow).isGreaterThanOrEqualTo(45);
    }

    @Test
    void closedLoopSeesOneSlowRequestOnly() throws Exception {
        RunRecord run = run(
                LoadPlan.of(Duration.ofSeconds(4), new Shape.Closed(Duration.ofMillis(20)), REQUEST), 10, List.of());
        Histogram latency = run.results().latency().decode();
        assertThat(latency.getCountBetweenValues(STALL.toMillis() * 1000 * 9 / 10, latency.getMaxValue()))
                .isEqualTo(1);
    }

    @Test
    void recordsEachSecondPhaseAndMark() throws Exception {
        LoadPlan plan = new LoadPlan(
                List.of(
                        new LoadPhase("few", Duration.ofSeconds(1), new Shape.Constant(10)),
                        new LoadPhase("many", Duration.ofSeconds(1), new Shape.Burst(20, Duration.ofSeconds(1)))),
                REQUEST,
                Sleep.NEVER,
                1);
        Interruption nat = new Interruption(Duration.ofMillis(500), "nat-rebind", Interruption.Devices::changePorts);
        RunRecord run = run(plan, NEVER, List.of(nat));
        Timeline timeline = run.timeline();
        assertThat(timeline.planned()).isEqualTo(Duration.ofSeconds(2));
        assertThat(timeline.phases()).extracting(Timeline.Phase::name).containsExactly("connect", "few", "many");
        assertThat(timeline.marks()).singleElement().matches(mark -> mark.text().equals("nat-rebind"));
        assertThat(timeline.seconds()).extracting(Second::t).startsWith(0, 1);
        assertThat(timeline.seconds().stream()
                        .mapToLong(second -> second.requests().due())
                        .sum())
                .isEqualTo(30);
        // With a connection ID the session outlives the address.
        assertThat(timeline.seconds().stream()
                        .mapToLong(second -> second.devices().handshakes())
                        .sum())
                .isEqualTo(1);
        assertThat(run.results().latency().count()).isEqualTo(30);
        assertThat(run.results().connecting().count()).isEqualTo(1);
        assertThat(timeline.seconds().stream()
                        .mapToLong(second -> second.traffic().bytesOut())
                        .sum())
                .isPositive();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nat-rebind");
    }

    @ParameterizedTest
    @EnumSource(Sleep.class)
    void sleepingDevicesNeedAHandshakeEachTimeOnlyIfTheyForget(Sleep sleep) throws Exception {
        LoadPhase phase = new LoadPhase("load", Duration.ofSeconds(1), new Shape.Constant(5));
        RunRecord run = run(new LoadPlan(List.of(phase), REQUEST, sleep, 1), NEVER, List.of());
        assertThat(run.results().errors()).isEmpty();
        assertThat(run.timeline().seconds().stream()
                        .mapToLong(second -> second.devices().handshakes())
                        .sum())
                .isEqualTo(sleep == Sleep.FORGETTING ? 6 : 1);
    }

    @Test
    void whatCannotBeDoneToARunEndsItWithItsName() {
        Interruption fault = new Interruption(Duration.ZERO, "power-cut", devices -> {
            throw new IOException("no switch");
        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        run(LoadPlan.of(Duration.ofSeconds(1), new Shape.Constant(1), REQUEST), NEVER, List.of(fault)))
                .withMessage("power-cut: no switch");
    }

    private RunRecord run(LoadPlan plan, int stalledRequest, List<Interruption> interruptions) throws Exception {
        Surroundings surroundings =
                new Surroundings(Clock.systemUTC(), new SplittableRandom(1), interruptions, Optional::empty);
        try (StallingServer server = StallingServer.start(PSK, stalledRequest, STALL);
                DeviceRuntime runtime = DeviceRuntime.withThreads(2, TIMEOUT)) {
            return new LoadRun(plan, runtime, TIMEOUT, surroundings)
                    .run(
                            List.of(DeviceProfile.of("sim-1", PSK)),
                            server.address(),
                            setting(),
                            new LineProgress(new PrintStream(out, true, StandardCharsets.UTF_8)));
        }
    }

    private static Setting setting() {
        return new Setting(
                "test",
                "coaps://127.0.0.1",
                Instant.EPOCH,
                new Setting.Machine("Linux", 2, "17", 1),
                new Setting.Fleet(1, "psk", "session", true));
    }
}
