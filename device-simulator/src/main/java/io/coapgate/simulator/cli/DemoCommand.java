package io.coapgate.simulator.cli;

import io.coapgate.simulator.demo.Demo;
import io.coapgate.simulator.demo.Paint;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start a gateway, a service and three devices on loopback, and show what they do.")
final class DemoCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;

    @Option(names = "--once", description = "End after the checks: 0 if all passed, 1 if not.")
    private boolean once;

    DemoCommand(PrintStream out, Clock clock, SecureRandom random) {
        this.out = out;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws Exception {
        Paint paint = Paint.of(Terminal.isPresent());
        return new Demo(out, paint, clock, random).run(once) ? ExitCode.OK : ExitCode.FAILED;
    }
}
