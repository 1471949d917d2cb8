package io.coapgate.simulator.cli;

import io.coapgate.simulator.load.BarProgress;
import io.coapgate.simulator.load.FleetDirectory;
import io.coapgate.simulator.load.FleetMembers;
import io.coapgate.simulator.load.LineProgress;
import io.coapgate.simulator.load.Progress;
import io.coapgate.simulator.load.Simulation;
import io.coapgate.simulator.run.RunRecord;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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

    @ArgGroup(exclusive = false, heading = "A gateway of your own:%n")
    private TargetOptions target = new TargetOptions();

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
        FleetMembers members = new FleetMembers(fleet.plan(random), clock, random);
        if (enrol.isPresent()) {
            Path registry = FleetDirectory.write(enrol.get(), members);
            out.printf("%,d devices written to %s%n", members.plan().devices(), registry);
            out.printf("run them with: coapgate simulate --fleet %s --target coaps://HOST:PORT%n", enrol.get());
            return ExitCode.OK;
        }
        Simulation simulation = new Simulation("simulate", load.plan(), load.answerTimeout(), clock, random);
        Progress progress = Terminal.isPresent() ? new BarProgress() : new LineProgress(out);
        RunRecord run = target.isGiven()
                ? simulation.against(target.address(), target.trust(), members, progress)
                : simulation.onLoopback(members, progress, gateway -> List.of());
        output.present(run, out);
        return load.isSatisfiedBy(run) ? ExitCode.OK : ExitCode.FAILED;
    }
}
