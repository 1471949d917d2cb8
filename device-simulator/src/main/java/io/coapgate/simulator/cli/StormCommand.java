package io.coapgate.simulator.cli;

import io.coapgate.simulator.bench.HandshakeKind;
import io.coapgate.simulator.bench.StormBench;
import io.coapgate.simulator.bench.StormPlan;
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

/** {@code bench storm}. */
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        description = {
            "Measure devices that connect, beside a bare Californium server.",
            "With the gateway: a full handshake, a CWT verified, a JWT minted, a request forwarded. With the bare server: a"
                    + " full handshake, and a request that it answers itself; on the gateway's cryptography, and on the JDK's"
                    + " where keys are asymmetric. Takes about eight minutes."
        })
final class StormCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--handshakes",
            split = ",",
            paramLabel = "KIND",
            description = "of ${COMPLETION-CANDIDATES}; default: all")
    private @Nullable List<HandshakeKind> handshakes;

    @Option(names = "--at-once", paramLabel = "N", description = "devices that connect at a time; default: 32")
    private @Nullable Integer atOnce;

    @Option(names = "--runs", paramLabel = "N", description = "runs of each server and kind; default: 5")
    private @Nullable Integer runs;

    @Option(names = "--seconds", paramLabel = "N", description = "how long a run takes; default: 2")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "how long devices connect to each server before its first run, or 20,000 times; default: 60")
    private @Nullable Integer warmUp;

    @Option(names = "--quick", description = "Only see that it works: half a second each, and no time to warm up.")
    private boolean quick;

    StormCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        new StormBench(plan(), out, clock, random).run();
        return ExitCode.OK;
    }

    private StormPlan plan() {
        StormPlan usual = quick ? StormPlan.quick() : StormPlan.thorough();
        try {
            return new StormPlan(
                    Optional.ofNullable(handshakes).orElse(usual.handshakes()),
                    Optional.ofNullable(runs).orElse(usual.runs()),
                    Optional.ofNullable(seconds).map(Duration::ofSeconds).orElse(usual.duration()),
                    Optional.ofNullable(warmUp)
                            .map(limit -> usual.warmUp().within(Duration.ofSeconds(limit)))
                            .orElse(usual.warmUp()),
                    usual.devices(),
                    Optional.ofNullable(atOnce).orElse(usual.atOnce()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
