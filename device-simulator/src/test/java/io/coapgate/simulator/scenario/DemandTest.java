package io.coapgate.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.simulator.run.Distribution;
import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Results;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import io.coapgate.simulator.run.Setting;
import io.coapgate.simulator.run.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandTest {
    private static final Set<String> PHASES = Set.of("steady");
    private static final Set<String> EVENTS = Set.of("gateway-restart", "devices-removed");

    @ParameterizedTest
    @CsvSource({
        "p99 < 250ms, 200.0 ms, true",
        "p99<200ms, 200.0 ms, false",
        "p99 <= 200ms, 200.0 ms, true",
        "p99.9 < 1s, 300.0 ms, true",
        "max > 1s, 400.0 ms, false",
        "errors == 0, 3, false",
        "errors(5.03) > 0, 2, true",
        "errors(4) == 0, 0, true",
        "'errors(4.29, 5.03) == 2', 2, true",
        "errors(not 5.03) == 1, 1, true",
        "errors(not timeout) == 0 in steady, 2, false",
        "revocation < 1s, 700.0 ms, true",
        "connected == 10, 10, true",
        "goodput >= 95%, 90.00%, false",
        "goodput >= 90 %, 90.00%, true",
        "throughput > 8, 9, true",
        "handshakes == 12, 12, true",
        "tokens == 2 after gateway-restart, 2, true",
        "handshakes == 0 in steady, 2, false",
        "handshakes == 0 after gateway-restart, 1, false",
        "errors == 1 after gateway-restart, 1, true",
        "p99 < 60ms after gateway-restart, 50.0 ms, true",
        "p50 < 60ms in steady, 40.0 ms, true",
        "goodput == 100% in steady, 90.00%, false",
    })
    void judgesARun(String text, String measured, boolean passed) {
        assertThat(Demand.parse(text, PHASES, EVENTS).judge(run())).isEqualTo(new Expectation(text, measured, passed));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'p99 < 250ms'",
        "p99, 'p99 < 250ms'",
        "p99 250ms, 'p99 < 250ms'",
        "latency < 3ms, 'p50, p90, p99'",
        "p99 < 20, 'a duration, 250ms'",
        "p99 < 20%, 'a duration, 250ms'",
        "errors < 20ms, 'a number, 100'",
        "goodput > 5, 'a share, 95%'",
        "goodput > 101%, 'a share, 95%'",
        "p99(5.03) < 2s, 'only errors'",
        "errors == 0 in nowhere, 'write steady'",
        "errors == 0 after nothing, 'there is no event'",
        "errors == 0 before gateway-restart, 'p99 < 250ms'",
        "errors == 0 and p99 < 2s, 'p99 < 250ms'",
    })
    void saysWhatToWriteInstead(String text, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Demand.parse(text, PHASES, EVENTS))
                .withMessageContaining(advice);
    }

    @Test
    void secondsThatLieInAPhaseInPartDoNotCount() {
        RunRecord whole = run();
        Timeline timeline = new Timeline(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                List.of(new Timeline.Phase("steady", 1.2, 3.4)),
                List.of(),
                whole.timeline().seconds());
        RunRecord run = RunRecord.of(whole.setting(), timeline, whole.results());
        assertThat(Demand.parse("errors == 2 in steady", PHASES, EVENTS).judge(run))
                .isEqualTo(new Expectation("errors == 2 in steady", "2", true));
    }

    @Test
    void runWithoutRequestsMeetsNoDemandForAnswers() {
        RunRecord nothing = run(List.of(), List.of());
        assertThat(Demand.parse("goodput >= 1%", PHASES, EVENTS).judge(nothing).passed())
                .isFalse();
        assertThat(Demand.parse("throughput > 1 in steady", PHASES, EVENTS)
                        .judge(nothing)
                        .passed())
                .isFalse();
    }

    /** Connecting takes the first second; the gateway is started again in the last one. */
    private static RunRecord run() {
        return run(
                List.of(
                        second(0, 0, 0, Map.of(), 10, 0),
                        second(1, 10, 10, Map.of(), 1, 30_000),
                        second(2, 10, 8, Map.of("5.03 Overloaded", 2L), 0, 60_000),
                        second(3, 10, 9, Map.of("timeout", 1L), 1, 50_000)),
                List.of(
                        new Timeline.Mark(2.1, "devices-removed"),
                        new Timeline.Mark(2.8, "removed: last accepted"),
                        new Timeline.Mark(3.2, "gateway-restart")));
    }

    private static RunRecord run(List<Second> seconds, List<Timeline.Mark> marks) {
        Quantiles latency = new Quantiles(40_000, 100_000, 200_000, 300_000, 400_000);
        return RunRecord.of(
                new Setting(
                        "test",
                        "coaps://127.0.0.1:5684",
                        Instant.EPOCH,
                        new Setting.Machine("Linux", 2, "17", 1),
                        new Setting.Fleet(10, "psk", "session", true)),
                new Timeline(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        List.of(new Timeline.Phase("connect", 0, 1), new Timeline.Phase("steady", 1, 4)),
                        marks,
                        seconds),
                new Results(
                        new Distribution(27, latency, List.of(), ""),
                        new Distribution(10, latency, List.of(), ""),
                        Map.of("5.03 Overloaded", 2L, "timeout", 1L),
                        List.of(),
                        new Results.Client(false, "", latency)));
    }

    private static Second second(
            int t, long due, long answered, Map<String, Long> errors, long handshakes, long micros) {
        return new Second(
                t,
                new Second.Requests(due, due, answered, errors),
                new Second.Devices(10, handshakes, 2 * handshakes),
                new Quantiles(micros * 2 / 3, micros, micros, micros, micros),
                new Second.Traffic(0, 0, 0, 0),
                new Second.Processors(0.1, OptionalDouble.empty()));
    }
}
