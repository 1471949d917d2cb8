package io.coapgate.gateway.cli;

import io.coapgate.crypto.jca.CryptoProviderException;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.keys.KeyUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code coapgate} command: exits 0, 1 (a token would be refused), 64 (usage), 65 (not a token), 70 (internal), 73
 * (can't create) or 78 (configuration).
 */
@Command(
        name = "coapgate",
        description = "CoAP authentication gateway: DTLS and CWT in front, HTTP and OAuth 2.0 JWTs behind.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private final PrintWriter out;
    private final PrintWriter err;
    private final InputStream standardInput;
    private final OutputStream binaryOutput;
    private final Clock clock;

    Main(PrintWriter out, PrintWriter err) {
        this(out, err, System.in, System.out, Clock.systemUTC());
    }

    /** @param binaryOutput where what is no text goes, otherwise to {@code out} */
    Main(PrintWriter out, PrintWriter err, InputStream standardInput, OutputStream binaryOutput, Clock clock) {
        this.out = out;
        this.err = err;
        this.standardInput = standardInput;
        this.binaryOutput = binaryOutput;
        this.clock = clock;
    }

    public static void main(String[] args) {
        Main main = new Main(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(main.execute(System.getenv(), GatewayLauncher::launch, args));
    }

    /** Runs one command line and answers its exit code. */
    int execute(Map<String, String> environment, RunCommand.Launcher launcher, String... args) {
        SecureRandom random = new SecureRandom();
        CommandLine line = new CommandLine(this)
                .addSubcommand(new RunCommand(environment, launcher, new Termination()))
                .addSubcommand(new CheckConfigCommand(environment))
                .addSubcommand(new CommandLine(new KeygenCommand())
                        .addSubcommand(new KeygenPsk(random))
                        .addSubcommand(new KeygenRpk(random))
                        .addSubcommand(new KeygenServer(random))
                        .addSubcommand(new KeygenJwt(random)))
                .addSubcommand(KeysCommand.line(environment, clock, random))
                .addSubcommand(TokenCommand.line(environment, standardInput, binaryOutput, clock, random));
        line.setOut(out);
        line.setErr(err);
        line.setCommandName("coapgate");
        line.setExecutionExceptionHandler(this::report);
        line.setExitCodeExceptionMapper(Main::exitCode);
        line.setParameterExceptionHandler(Main::usage);
        line.registerConverter(DeviceId.class, Main::deviceId);
        line.registerConverter(KeyUse.class, Main::keyUse);
        line.registerConverter(TokenTime.class, TokenTime::parse);
        line.setExpandAtFiles(false); // @file is a token's file, and no arguments are ever read from one
        if (args.length == 0) {
            line.usage(err);
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    private static DeviceId deviceId(String text) {
        try {
            return new DeviceId(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static KeyUse keyUse(String text) {
        return KeyUse.ofLabel(text)
                .orElseThrow(
                        () -> new CommandLine.TypeConversionException("the uses are jwt, cwt-mac and cwt-signature"));
    }

    private int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof ConfigException config) {
            config.problems().forEach(problem -> err.println(problem));
        } else if (e instanceof FileAlreadyExistsException exists) {
            err.println(
                    exists.getFile() + ": exists already, and is left as it is; choose another place, or move it away");
        } else if (e instanceof FileSystemException file) {
            err.println(
                    file.getFile() + ": can't be written: " + file.getClass().getSimpleName());
        } else if (e instanceof IOException || e instanceof CryptoProviderException) {
            err.println("coapgate: " + e.getMessage());
        } else {
            e.printStackTrace(err);
        }
        return exitCode(e);
    }

    private static int exitCode(Throwable e) {
        if (e instanceof ConfigException) {
            return ExitCode.CONFIG;
        }
        return e instanceof FileSystemException ? ExitCode.CANNOT_CREATE : ExitCode.INTERNAL;
    }

    private static int usage(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
