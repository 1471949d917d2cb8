package io.coapgate.simulator.cli;

import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.load.BarProgress;
import io.coapgate.simulator.load.FleetDirectory;
import io.coapgate.simulator.load.FleetMembers;
import io.coapgate.simulator.load.LineProgress;
import io.coapgate.simulator.load.LoadPlan;
import io.coapgate.simulator.load.LoadSummary;
import io.coapgate.simulator.load.Progress;
import io.coapgate.simulator.load.Simulation;
import io.coapgate.simulator.load.SummaryText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
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
        LoadPlan plan = load.plan();
        Simulation simulation = new Simulation(plan, load.answerTimeout(), load.threads(), clock, random);
        Progress progress = Terminal.isPresent() ? new BarProgress() : new LineProgress(out);
        LoadSummary summary = target.isGiven()
                ? simulation.against(target.address(), target.trust(), members, progress)
                : simulation.onLoopback(members, progress);
        out.println();
        out.println(SummaryText.of(summary));
        return summary.failed() > load.maxErrors() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** What is sent, and how often. */
    static final class LoadOptions {
        @Option(
                names = "--duration",
                paramLabel = "TIME",
                defaultValue = "10s",
                description = "How long requests are sent: 30s, 5m, or seconds (default: ${DEFAULT-VALUE}).")
        private Duration duration = Duration.ofSeconds(10);

        @Option(
                names = "--rate",
                paramLabel = "N",
                defaultValue = "100",
                description = "Requests per second of the whole fleet, sent when due whatever happened to the last"
                        + " (default: ${DEFAULT-VALUE}).")
        private double rate = 100;

        @Option(names = "--closed", description = "Each device sends its next request when the last one is answered.")
        private boolean closed;

        @Option(
                names = "--path",
                defaultValue = "/telemetry/simulated",
                description = "Where to send them (default: ${DEFAULT-VALUE}).")
        private String path = "/telemetry/simulated";

        @Option(
                names = "--payload",
                paramLabel = "TEXT",
                defaultValue = "{\"celsius\":21.5}",
                description = "What they hold, JSON (default: ${DEFAULT-VALUE}).")
        private String payload = "{\"celsius\":21.5}";

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "15s",
                description = "How long a device waits for an answer (default: ${DEFAULT-VALUE}).")
        private Duration timeout = Duration.ofSeconds(15);

        @Option(
                names = "--max-errors",
                paramLabel = "N",
                defaultValue = "0",
                description = "Exit with 1 if there are more (default: ${DEFAULT-VALUE}).")
        private long maxErrors;

        LoadPlan plan() {
            return new LoadPlan(
                    duration,
                    closed ? OptionalDouble.empty() : OptionalDouble.of(rate),
                    DeviceRequest.post(path, payload.getBytes(StandardCharsets.UTF_8), DeviceRequest.JSON));
        }

        Duration answerTimeout() {
            return timeout;
        }

        int threads() {
            return Runtime.getRuntime().availableProcessors();
        }

        long maxErrors() {
            return maxErrors;
        }
    }
}
