package io.coapgate.simulator.cli;

import io.coapgate.simulator.bench.MemoryBench;
import io.coapgate.simulator.bench.MemoryPlan;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench memory}. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the heap that idle sessions hold, beside a bare Californium server.",
            "Needs a JDK (jcmd), and Linux, where every address of 127.0.0.0/8 is loopback. Takes about 12 minutes, most of"
                    + " which is waiting."
        })
final class MemoryCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--sessions",
            split = ",",
            paramLabel = "N",
            description = "how many sessions, ascending; default: 2000,10000")
    private @Nullable List<Integer> sessions;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "how long they are left alone before they count as settled; default: 300")
    private @Nullable Integer settle;

    @Option(names = "--quick", description = "Only see that it works: 20 sessions, and no time to settle.")
    private boolean quick;

    MemoryCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        new MemoryBench(plan(), out, clock, random).run();
        return ExitCode.OK;
    }

    private MemoryPlan plan() {
        MemoryPlan usual = quick ? MemoryPlan.quick() : MemoryPlan.thorough();
        try {
            return new MemoryPlan(
                    Optional.ofNullable(sessions).orElse(usual.sessions()),
                    Optional.ofNullable(settle).map(Duration::ofSeconds).orElse(usual.settling()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
