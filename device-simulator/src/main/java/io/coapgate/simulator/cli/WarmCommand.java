package io.coapgate.simulator.cli;

import io.coapgate.simulator.bench.Contender;
import io.coapgate.simulator.bench.WarmBench;
import io.coapgate.simulator.bench.WarmPlan;
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

/** {@code bench warm}. */
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = {
            "Measure warm forwarded requests beside the peers.",
            "PSK CCM_8 with connection ID, 64-byte CON POST answered 204 by a service that verifies nothing. local: a bare"
                    + " Californium server that answers 2.04 itself; floor: the same with a hand-written HTTP loop; proxy2:"
                    + " californium-proxy2, only where the tests' class path is (docs/benchmarks.md). Servers and client run"
                    + " on different cores where taskset is installed."
        })
final class WarmCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "in this order, of ${COMPLETION-CANDIDATES}; default: all that can run here")
    private @Nullable List<Contender> servers;

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "a series of measurements for each of these numbers; default: 50")
    private @Nullable List<Integer> connections;

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "N",
            description =
                    "offer so many requests per second, whatever the server does, and count latency from when each"
                            + " was due; a series for each; default: each connection sends when its last request is answered")
    private @Nullable List<Integer> rates;

    @Option(names = "--runs", paramLabel = "N", description = "runs of each server and series; default: 5")
    private @Nullable Integer runs;

    @Option(names = "--seconds", paramLabel = "N", description = "how long a run takes; default: 6")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "how long each server is loaded before its first run, or 300,000 requests; default: 60")
    private @Nullable Integer warmUp;

    @Option(names = "--quick", description = "Only see that it works: half a second each, and no time to warm up.")
    private boolean quick;

    WarmCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        new WarmBench(plan(), out, clock, random).run();
        return ExitCode.OK;
    }

    private WarmPlan plan() {
        WarmPlan usual = quick ? WarmPlan.quick() : WarmPlan.thorough();
        List<Contender> wanted = Optional.ofNullable(servers).orElse(usual.contenders());
        if (!Contender.available().containsAll(wanted)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "proxy2 is among the tests' dependencies: see docs/benchmarks.md, \"The peers\"");
        }
        try {
            return new WarmPlan(
                    wanted,
                    Optional.ofNullable(connections).orElse(usual.connections()),
                    Optional.ofNullable(rates).orElse(usual.rates()),
                    Optional.ofNullable(runs).orElse(usual.runs()),
                    Optional.ofNullable(seconds).map(Duration::ofSeconds).orElse(usual.duration()),
                    Optional.ofNullable(warmUp)
                            .map(limit -> usual.warmUp().within(Duration.ofSeconds(limit)))
                            .orElse(usual.warmUp()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
