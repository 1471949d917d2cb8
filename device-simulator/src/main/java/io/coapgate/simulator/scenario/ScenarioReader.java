package io.coapgate.simulator.scenario;

import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.Method;
import io.coapgate.simulator.launch.GatewayTuning;
import io.coapgate.simulator.load.ClockSkew;
import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.LoadPhase;
import io.coapgate.simulator.load.LoadPlan;
import io.coapgate.simulator.load.RequestTemplate;
import io.coapgate.simulator.load.Sleep;
import io.coapgate.simulator.load.Template;
import io.coapgate.simulator.load.TokenMode;
import io.coapgate.simulator.scenario.Scenario.Network;
import io.coapgate.simulator.scenario.Scenario.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a scenario; all mistakes are told at once. */
final class ScenarioReader {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final int DEVICES = 10;
    private static final Template PATH = new Template("/telemetry/{device}");
    private static final Template PAYLOAD = new Template("{\"celsius\":21.5}");

    private final String name;
    private final Mistakes mistakes;
    private final Part root;

    private ScenarioReader(String name, String file, String text) {
        this.name = name;
        this.mistakes = new Mistakes(file);
        this.root = new Part(NodeReader.read(text, mistakes), "", mistakes);
    }

    /**
     * @param name of the scenario, for the record of its runs
     * @param file for the mistakes
     */
    static Scenario read(String name, String file, String text) throws ScenarioException {
        return new ScenarioReader(name, file, text).scenario();
    }

    private Scenario scenario() throws ScenarioException {
        Part fleetPart = root.part("fleet");
        Sleep sleep = fleetPart.choice("sleep", Sleep.NEVER);
        int atOnce = fleetPart.integer("connect-at-once", LoadPlan.CONNECT_AT_ONCE);
        Optional<FleetPart> fleet = fleet(fleetPart);
        Optional<RequestTemplate> request = request(root.part("request"));
        Optional<GatewayTuning> gateway = gateway(root.part("gateway"));
        List<LoadPhase> phases = phases();
        Optional<Network> network = root.has("network") ? Impaired.network(root.part("network")) : Optional.empty();
        List<Event> events = Events.read(root.parts("events"));
        List<Demand> demands = demands(phases, events);
        root.end();
        mistakes.throwIfAny();
        Optional<LoadPlan> load = root.make(() -> new LoadPlan(phases, request.orElseThrow(), sleep, atOnce));
        mistakes.throwIfAny();
        return new Scenario(
                name,
                fleet.orElseThrow(),
                load.orElseThrow(),
                new Place(gateway.orElseThrow(), network),
                events,
                demands);
    }

    private static Optional<FleetPart> fleet(Part part) {
        int devices = part.integer("devices", DEVICES);
        CredentialKind credential = part.choice("credential", CredentialKind.PSK);
        TokenMode token = part.choice("token", TokenMode.SELF_ISSUED);
        boolean connectionId = part.flag("connection-id", true);
        Duration lifetime = part.duration("token-lifetime", TOKEN_LIFETIME);
        Duration timeout = part.duration("timeout", ANSWER_TIMEOUT);
        List<ClockSkew> clocks = part.parts("clocks").stream()
                .flatMap(clock -> clock(clock).stream())
                .toList();
        return part.make(() -> new FleetPart(
                devices, credential, token, connectionId, new FleetPart.Times(lifetime, timeout, clocks)));
    }

    private static Optional<ClockSkew> clock(Part part) {
        int devices = part.integer("devices", 1);
        Duration ahead = part.duration("ahead", Duration.ZERO);
        Duration behind = part.duration("behind", Duration.ZERO);
        if (part.which("ahead", "behind").size() != 1) {
            part.mistake(
                    "a clock is wrong one way; write, for example, {devices: 3, ahead: 20s} or {devices: 3, behind: 1h}");
        }
        return part.make(() -> new ClockSkew(devices, ahead.minus(behind)));
    }

    private static Optional<GatewayTuning> gateway(Part part) {
        GatewayTuning usual = GatewayTuning.DEFAULT;
        Duration leeway = part.duration("leeway", usual.leeway());
        Duration jwts = part.duration("jwt-lifetime", usual.jwtLifetime());
        int inFlight = part.integer("max-in-flight", usual.maxInFlight());
        int perDevice = part.integer("max-in-flight-per-device", usual.maxInFlightPerDevice());
        Duration delay = part.duration("service-delay", usual.serviceDelay());
        return part.make(() -> new GatewayTuning(leeway, jwts, inFlight, perDevice, delay, usual.issuesTokens()));
    }

    private static Optional<RequestTemplate> request(Part part) {
        Method method = part.choice("method", Method.POST);
        Template path = part.value("path", PATH, Template::new);
        Template payload = part.value("payload", method == Method.GET ? new Template("") : PAYLOAD, Template::new);
        int contentFormat = part.integer("content-format", DeviceRequest.JSON);
        boolean confirmable = part.flag("confirmable", true);
        return part.make(() -> new RequestTemplate(method, path, payload, contentFormat, confirmable));
    }

    private List<LoadPhase> phases() {
        List<LoadPhase> phases = new ArrayList<>();
        for (Part part : root.parts("load")) {
            Phases.read(part, "phase-" + (phases.size() + 1)).ifPresent(phases::add);
        }
        if (!root.has("load")) {
            root.mistake("there is no load; write, for example, load: [{constant: 10, duration: 30s}]");
        }
        return phases;
    }

    private List<Demand> demands(List<LoadPhase> phases, List<Event> events) {
        Set<String> phaseNames =
                phases.stream().map(LoadPhase::name).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> eventNames = events.stream()
                .map(event -> event.kind().toString())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return root.values("expect", text -> Demand.parse(text, phaseNames, eventNames));
    }
}
