package io.coapgate.simulator.cli;

import io.coapgate.simulator.cost.CostRun;
import io.coapgate.simulator.load.BarProgress;
import io.coapgate.simulator.load.FleetDirectory;
import io.coapgate.simulator.load.FleetMembers;
import io.coapgate.simulator.load.FleetPlan;
import io.coapgate.simulator.load.LineProgress;
import io.coapgate.simulator.load.Progress;
import io.coapgate.simulator.load.Simulation;
import io.coapgate.simulator.load.Stage;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.scenario.ScenarioRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run many simulated devices against a gateway for a while, and sum up.",
            "Without --target a gateway and a service are started on loopback. For a gateway of your own, --enrol writes"
                    + " the devices for its registry first, and --fleet runs them."
        })
final class SimulateCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Mixin
    private FleetOptions fleet = new FleetOptions();

    @ArgGroup(exclusive = false, heading = "Load:%n")
    private LoadOptions load = new LoadOptions();

    @ArgGroup(exclusive = false, heading = "Output:%n")
    private OutputOptions output = new OutputOptions();

    @ArgGroup(exclusive = false, heading = "Reports:%n")
    private ReportOptions report = new ReportOptions();

    @ArgGroup(exclusive = false, heading = "What devices pay:%n")
    private CostOptions cost = new CostOptions();

    @ArgGroup(exclusive = false, heading = "A gateway of your own:%n")
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--scenario",
            paramLabel = "FILE|NAME",
            description = "Run what that file says, or one of steady, storm, expiry-wave, nat-rebind, lossy,"
                    + " upstream-outage, restart, key-rotation, revocation, skewed-clocks, abuse, overload; exits with 1 if an"
                    + " expectation is not met.")
    private Optional<String> scenario = Optional.empty();

    @Option(
            names = "--enrol",
            paramLabel = "DIR",
            description = "Only write the fleet there: devices.yaml and keys for the gateway, fleet.json for --fleet.")
    private Optional<Path> enrol = Optional.empty();

    SimulateCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        if (report.isOnKeptRuns()) {
            report.present(out);
            return ExitCode.OK;
        }
        if (cost.isGiven()) {
            cost.measure(new CostRun(clock, random), out);
            return ExitCode.OK;
        }
        Optional<ScenarioRun> run =
                scenario.isPresent() ? Optional.of(ScenarioRun.read(scenario.get(), clock, random)) : Optional.empty();
        FleetPlan plan = run.isPresent() ? fleet.planOr(run.get()::fleet, random) : fleet.plan(random);
        if (enrol.isPresent()) {
            return enrol(enrol.get(), plan);
        }
        return run.isPresent() ? play(run.get(), plan) : simulate(plan);
    }

    private int enrol(Path directory, FleetPlan plan) throws IOException, GeneralSecurityException {
        Path registry = FleetDirectory.write(directory, new FleetMembers(plan, clock, random));
        out.printf("%,d devices written to %s%n", plan.devices(), registry);
        out.printf("run them with: coapgate simulate --fleet %s --target coaps://HOST:PORT%n", directory);
        return ExitCode.OK;
    }

    /** A scenario says itself what passes. */
    private int play(ScenarioRun scenario, FleetPlan plan)
            throws IOException, GeneralSecurityException, InterruptedException {
        RunRecord run = target.isGiven()
                ? scenario.against(target.address(), target.trust(), plan, progress())
                : scenario.onLoopback(plan, progress());
        output.present(run, out);
        report.present(run, out);
        return run.passed() ? ExitCode.OK : ExitCode.FAILED;
    }

    private int simulate(FleetPlan plan) throws IOException, GeneralSecurityException, InterruptedException {
        FleetMembers members = new FleetMembers(plan, clock, random);
        Simulation simulation = new Simulation("simulate", load.plan(), load.answerTimeout(), clock, random);
        RunRecord run = target.isGiven()
                ? simulation.against(target.address(), target.trust(), members, progress(), Stage.BARE)
                : simulation.onLoopback(members, progress(), Stage.BARE);
        output.present(run, out);
        report.present(run, out);
        return load.isSatisfiedBy(run) ? ExitCode.OK : ExitCode.FAILED;
    }

    private Progress progress() {
        return Terminal.isPresent() ? new BarProgress() : new LineProgress(out);
    }
}
