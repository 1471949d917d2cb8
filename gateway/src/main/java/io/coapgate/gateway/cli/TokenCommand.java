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

/** Looks into tokens, and makes some to try things with. */
@Command(
        name = "token",
        description = "Looks into CWTs and JWTs, and makes some for tests.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT")
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine line(
            Map<String, String> environment, InputStream in, OutputStream binary, Clock clock, SecureRandom random) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenInspect(environment, in, clock))
                .addSubcommand(new TokenMint(clock, random, binary));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What about tokens?");
    }
}
