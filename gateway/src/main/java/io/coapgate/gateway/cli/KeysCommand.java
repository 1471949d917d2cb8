package io.coapgate.gateway.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the keys that the gateway makes for itself, and changes them. */
@Command(
        name = "keys",
        description = "Shows the keys that the gateway makes for itself, and changes them; a running gateway follows.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT")
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine line(Map<String, String> environment, Clock clock, SecureRandom random) {
        StoreOpener opener = new StoreOpener(environment, clock, random);
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysList(opener))
                .addSubcommand(new KeysRotate(opener))
                .addSubcommand(new KeysRetire(opener));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What about the keys?");
    }
}
