package io.coapgate.simulator.cli;

import io.coapgate.simulator.bench.StartBench;
import io.coapgate.simulator.bench.StartPlan;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how long coapgate run takes until a device has shaken hands and got an answer.",
            "As it is, and from what an earlier run left behind: an AOT cache on JDK 25, an archive for class data sharing"
                    + " on older ones. Takes half a minute."
        })
final class StartCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--runs", paramLabel = "N", description = "starts of each kind; default: 5")
    private @Nullable Integer runs;

    @Option(names = "--quick", description = "Only see that it works: one start each.")
    private boolean quick;

    StartCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        new StartBench(plan(), out, clock, random).run();
        return ExitCode.OK;
    }

    private StartPlan plan() {
        StartPlan usual = quick ? StartPlan.quick() : StartPlan.thorough();
        try {
            return Optional.ofNullable(runs).map(StartPlan::new).orElse(usual);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
