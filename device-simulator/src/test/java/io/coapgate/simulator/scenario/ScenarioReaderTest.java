package io.coapgate.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.coapgate.simulator.fault.Impairment;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.load.ClockSkew;
import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.LoadPhase;
import io.coapgate.simulator.load.Shape;
import io.coapgate.simulator.load.Sleep;
import io.coapgate.simulator.load.TokenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReaderTest {
    private static final Path CONFIG = Path.of("..", "config", "scenarios");

    @Test
    void readsEveryKey() throws IOException {
        Scenario scenario = read("""
                fleet: {devices: 7, credential: rpk-ed25519, token: authz-info, connection-id: false,
                        token-lifetime: 5s, timeout: 20s,
                        clocks: [{devices: 2, ahead: 20s}, {behind: 1h}], sleep: forgetting, connect-at-once: 3}
                request: {method: PUT, path: "/a/{device}", payload: "{n}", content-format: 0, confirmable: false}
                network: {loss: 5%, duplication: 1.5%, reordering: 2%, delay: 20ms, jitter: 10ms, seed: 9}
                gateway: {leeway: 1s, jwt-lifetime: 10s, max-in-flight: 9, max-in-flight-per-device: 3, service-delay: 250ms}
                load:
                  - {name: a, duration: 1s, constant: 2.5}
                  - {name: b, duration: 2s, poisson: 3}
                  - {name: c, duration: 3s, ramp: {from: 1, to: 2}}
                  - {name: d, duration: 4s, step: {from: 1, to: 2, steps: 3}}
                  - {name: e, duration: 5s, burst: {size: 4, every: 2s}}
                  - {duration: 6s, closed: {think-time: 1s}}
                events:
                  - {at: 1s, do: network, network: {loss: 100%}}
                  - {at: 2s, do: devices-removed, devices: 2}
                  - {at: 3s, do: abuse, devices: 3, rate: 50.5}
                expect:
                  - errors == 0 in a
                """);
        assertThat(scenario.fleet())
                .isEqualTo(new FleetPart(
                        7,
                        CredentialKind.RPK_ED25519,
                        TokenMode.AUTHZ_INFO,
                        false,
                        new FleetPart.Times(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                List.of(
                                        new ClockSkew(2, Duration.ofSeconds(20)),
                                        new ClockSkew(1, Duration.ofHours(-1))))));
        assertThat(scenario.load().sleep()).isEqualTo(Sleep.FORGETTING);
        assertThat(scenario.load().connectAtOnce()).isEqualTo(3);
        assertThat(scenario.load().request().confirmable()).isFalse();
        assertThat(scenario.load().phases())
                .containsExactly(
                        new LoadPhase("a", Duration.ofSeconds(1), new Shape.Constant(2.5)),
                        new LoadPhase("b", Duration.ofSeconds(2), new Shape.Poisson(3)),
                        new LoadPhase("c", Duration.ofSeconds(3), new Shape.Ramp(1, 2)),
                        new LoadPhase("d", Duration.ofSeconds(4), new Shape.Step(1, 2, 3)),
                        new LoadPhase("e", Duration.ofSeconds(5), new Shape.Burst(4, Duration.ofSeconds(2))),
                        new LoadPhase("phase-6", Duration.ofSeconds(6), new Shape.Closed(Duration.ofSeconds(1))));
        assertThat(scenario.place().network().orElseThrow().seed()).isEqualTo(9);
        assertThat(scenario.place().network().orElseThrow().impairments().toServer())
                .isEqualTo(Impairment.NONE
                        .withLoss(0.05)
                        .withDuplication(0.015)
                        .withReordering(0.02)
                        .withDelay(Duration.ofMillis(20), Duration.ofMillis(10)));
        assertThat(scenario.place().gateway())
                .isEqualTo(new GatewayTuning(
                        Duration.ofSeconds(1), Duration.ofSeconds(10), 9, 3, Duration.ofMillis(250), false));
        assertThat(scenario.events())
                .extracting(Event::kind)
                .containsExactly(Event.Kind.NETWORK, Event.Kind.DEVICES_REMOVED, Event.Kind.ABUSE);
        assertThat(scenario.events().get(2).devices()).isEqualTo(3);
        assertThat(scenario.events().get(2).rate()).isEqualTo(50.5);
        assertThat(scenario.needsLocalGateway()).isTrue();
    }

    @Test
    void onlyLoadIsNeeded() throws IOException {
        assertThat(read("load: [{constant: 1}]").needsLocalGateway()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fleet: {devices: many}          | 2: fleet.devices: 'many' is not a whole number",
                "fleet: {devices: 0}             | 2: fleet: a fleet has a device at least",
                "fleet: {credental: psk}         | 2: fleet.credental: there is no such key; here are",
                "fleet: {credential: RPK}        | 2: fleet.credential: 'RPK' is not known here; write psk, ecdhe-psk, rpk",
                "fleet: {credential: rpk, token: in-handshake} | 2: fleet: tokens come in the handshake of pre-shared keys only",
                "fleet: {devices: [1]}           | 2: fleet.devices: a single value stands here",
                "fleet: {connection-id: yes}     | 2: fleet.connection-id: 'yes' is no answer; write true or false",
                "fleet: [psk]                    | 2: fleet: a map stands here",
                "request: {path: a}              | 2: request: a path starts with a slash",
                "'request: {path: \"/{x}\"}'     | 2: request.path: {x} is no place",
                "network: {loss: 0.5}            | 2: network.loss: '0.5' is not a share; write, for example, 5%",
                "network: {delay: 9h}            | 2: network: delay is 0 to 5 min",
                "fleet: {clocks: [{ahead: 1s, behind: 1s}]} | 2: fleet.clocks[0]: a clock is wrong one way; write",
                "fleet: {devices: 1, clocks: [{devices: 2, ahead: 1s}]} | 2: fleet: there are more clocks than devices",
                "expect: [revocation < 5s]       | 2: expect[0]: nothing is revoked; write an event",
                "gateway: {jwt-lifetime: 1s}     | 2: gateway: a JWT lives for 10s at least",
                "gateway: {leeway: 2m}           | 2: gateway: a gateway's leeway is 0s to 60s",
                "events: {at: 3s}                | 2: events: a list stands here",
                "events: [{at: 3s}]              | 2: events[0]: an event has a time and something to do",
                "'events: [{at: 3s, do: dance}]' | 2: events[0].do: 'dance' is not known here; write gateway-restart",
                "'events: [{at: 3s, do: nat-rebind, devices: 3}]' | 2: events[0].devices: there is no such key",
                "expect: [p99]                   | 2: expect[0]: 'p99' is no expectation",
                "expct: []                       | 2: expct: there is no such key; here are events, expect, fleet, gateway, load",
                "load: []                        | 2: load: this key is here twice",
                "fleet: *anchor                  | 2: ",
            })
    void mistakesAreToldWithFileLineKeyAndAdvice(String line, String told) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read("load: [{constant: 1}]\n" + line + "\n"))
                .withMessageContaining("test.yaml:" + told.stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'load: [{duration: 3s}]'                       | load[0]: a phase has one shape; write one of constant",
                "'load: [{constant: 1, poisson: 1}]'            | load[0]: a phase has one shape",
                "'load: [{constant: 1, duration: 30}]'          | load[0].duration: '30' is not a duration; write",
                "'load: [{constant: 9999999}]'                  | load[0].constant: a rate is 0 to 1,000,000",
                "'load: [{step: {from: 1, to: 2, steps: 1}}]'   | load[0].step: there are 2 to 1000 steps",
                "'load: [constant]'                             | load[0]: a map stands here",
                "'[1, 2]'                                       | a scenario is a map",
                "'load: {'                                      | this is no YAML",
                "''                                             | there is no load; write, for example",
                "'load: []'                                     | a run has a phase at least",
            })
    void loadsThatCannotBeDrivenAreTold(String text, String told) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("test.yaml:")
                .withMessageContaining(told.strip());
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read("fleet: {devices: x}\nload: [{constant: y}]\nexpect: [z]\n"))
                .satisfies(failure -> assertThat(failure).message().hasLineCount(3));
    }

    static Stream<String> shipped() {
        return Scenarios.SHIPPED.stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedScenariosCanBeReadByNameAndSayWhatTheyRehearse(String name) throws IOException {
        assertThatNoException().isThrownBy(() -> Scenarios.read(name));
        assertThat(CONFIG.resolve(name + ".yaml"))
                .content()
                .startsWith("# Rehearses ")
                .contains("expect:");
    }

    @Test
    void everyScenarioInTheDirectoryIsShipped() throws IOException {
        try (Stream<Path> files = Files.list(CONFIG)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Scenarios.SHIPPED.stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
    }

    private static Scenario read(String text) throws ScenarioException {
        return ScenarioReader.read("test", "test.yaml", text);
    }
}
