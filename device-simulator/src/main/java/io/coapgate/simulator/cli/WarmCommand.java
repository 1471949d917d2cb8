package io.coapgate.simulator.cli;

import io.coapgate.simulator.bench.WarmBench;
import io.coapgate.simulator.bench.WarmPlan;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench warm}. */
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = {
            "Measure warm forwarded requests beside a bare Californium server.",
            "PSK CCM_8 with connection ID, 50 connections, 64-byte CON POST answered 204 by a service that verifies"
                    + " nothing; the bare server answers 2.04 itself. Server and client run on different cores where"
                    + " taskset is installed. Takes two to four minutes."
        })
final class WarmCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Option(names = "--quick", description = "Only see that it works: a second each.")
    private boolean quick;

    WarmCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        new WarmBench(quick ? WarmPlan.quick() : WarmPlan.thorough(), out, clock, random).run();
        return ExitCode.OK;
    }
}
