package io.coapgate.simulator.cli;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.crypto.jca.CryptoProviderException;
import io.coapgate.simulator.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The simulator's command: exits 0, 1 (a check failed), 64 (usage), 65 (scenario), 69 (unavailable), 70 (internal) or 73 (can't create). */
@Command(
        name = "coapgate",
        description =
                "Simulated CoAP devices, a service that verifies the gateway's JWTs, and a demonstration of both.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Main main = new Main(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        System.exit(main.installCryptography() ? main.execute(args) : ExitCode.INTERNAL);
    }

    /** Handshakes and signatures of many devices on one machine want the native provider, where there is one. */
    private boolean installCryptography() {
        try {
            CryptoProvider.AUTO.install();
            return true;
        } catch (CryptoProviderException e) {
            err.println("coapgate: " + e.getMessage());
            return false;
        }
    }

    /** Runs one command line and answers its exit code. */
    int execute(String... args) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        CommandLine line = new CommandLine(this)
                .addSubcommand(new DemoCommand(out, clock, random))
                .addSubcommand(new SimulateCommand(out, clock, random))
                .addSubcommand(new UpstreamCommand(out, clock))
                .addSubcommand(new CommandLine(new BenchCommand())
                        .addSubcommand(new WarmCommand(out, clock, random))
                        .addSubcommand(new StormCommand(out, clock, random))
                        .addSubcommand(new MemoryCommand(out, clock, random))
                        .addSubcommand(new StartCommand(out, clock, random)));
        line.registerConverter(Duration.class, new DurationConverter());
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
        line.setParameterExceptionHandler((failure, arguments) -> usage(failure));
        if (args.length == 0) {
            line.usage(err);
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** What a user can do something about is told in a line; anything else is a fault of ours, with its trace. */
    private int report(Exception failure) {
        if (failure instanceof FileAlreadyExistsException) {
            err.println("coapgate: there is one already: " + failure.getMessage());
            return ExitCode.CANNOT_CREATE;
        }
        if (failure instanceof ScenarioException) { // begins with the place, which editors can jump to
            err.println(failure.getMessage());
            return ExitCode.DATA;
        }
        if (failure instanceof IOException) {
            err.println("coapgate: " + failure.getMessage());
            return ExitCode.UNAVAILABLE;
        }
        if (failure instanceof InterruptedException) {
            return ExitCode.FAILED;
        }
        failure.printStackTrace(err);
        return ExitCode.INTERNAL;
    }

    private static int usage(ParameterException failure) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("coapgate: " + failure.getMessage());
        err.println("Try --help.");
        return ExitCode.USAGE;
    }
}
