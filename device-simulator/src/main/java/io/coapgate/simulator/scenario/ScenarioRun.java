package io.coapgate.simulator.scenario;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.load.FleetMembers;
import io.coapgate.simulator.load.FleetPlan;
import io.coapgate.simulator.load.GatewayTrust;
import io.coapgate.simulator.load.Progress;
import io.coapgate.simulator.load.Simulation;
import io.coapgate.simulator.run.RunRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** A scenario that was read, ready to be run. Immutable. */
public final class ScenarioRun {
    private final Scenario scenario;
    private final Clock clock;
    private final SecureRandom random;

    private ScenarioRun(Scenario scenario, Clock clock, SecureRandom random) {
        this.scenario = scenario;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads a scenario.
     *
     * @param fileOrName a path, or the name of a scenario that comes with the simulator
     * @throws ScenarioException if it can't be used
     */
    public static ScenarioRun read(String fileOrName, Clock clock, SecureRandom random) throws IOException {
        return new ScenarioRun(Scenarios.read(fileOrName), clock, random);
    }

    /** The names of those that come with the simulator. */
    public static List<String> shipped() {
        return Scenarios.SHIPPED;
    }

    /** The scenario's devices, with keys from this seed. */
    public FleetPlan fleet(SecretBytes seed) {
        FleetPart fleet = scenario.fleet();
        return new FleetPlan(seed, fleet.devices(), fleet.credential(), fleet.token(), fleet.connectionId());
    }

    /** Runs it against a gateway that is started for it, and judges. */
    public RunRecord onLoopback(FleetPlan fleet, Progress progress)
            throws IOException, GeneralSecurityException, InterruptedException {
        FleetMembers members = members(fleet);
        try (ScenarioStage stage = new ScenarioStage(scenario, members.enrolments())) {
            return scenario.judge(simulation().onLoopback(members, progress, stage));
        }
    }

    /**
     * Runs it against a server that knows these devices, and judges.
     *
     * @throws ScenarioException if it has events that only a gateway started for it can have done to it
     */
    public RunRecord against(InetSocketAddress server, GatewayTrust trust, FleetPlan fleet, Progress progress)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (scenario.needsLocalGateway()) {
            throw new ScenarioException(List.of(scenario.name()
                    + ": has events that end the gateway or its service, which works only without --target"));
        }
        FleetMembers members = members(fleet);
        try (ScenarioStage stage = new ScenarioStage(scenario, List.of())) {
            return scenario.judge(simulation().against(server, trust, members, progress, stage));
        }
    }

    private FleetMembers members(FleetPlan fleet) throws GeneralSecurityException {
        return new FleetMembers(
                fleet,
                scenario.fleet().times().tokenLifetime(),
                scenario.fleet().times().clocks(),
                clock,
                random);
    }

    private Simulation simulation() {
        return new Simulation(
                scenario.name(), scenario.load(), scenario.fleet().times().answerTimeout(), clock, random);
    }
}
