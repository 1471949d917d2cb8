package io.coapgate.gateway.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks into tokens. */
@Command(
        name = "token",
        description = "Looks into CWTs and JWTs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT")
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine line(
            Map<String, String> environment, InputStream in, OutputStream binary, Clock clock, SecureRandom random) {
        return new CommandLine(new TokenCommand()).addSubcommand(new TokenInspect(environment, in, clock));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What about tokens?");
    }
}
