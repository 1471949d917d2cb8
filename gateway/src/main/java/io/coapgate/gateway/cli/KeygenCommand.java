package io.coapgate.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes keys. Files get mode 0600 and are never overwritten. */
@Command(
        name = "keygen",
        description = "Makes keys. Files get mode 0600 and are never overwritten.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND")
final class KeygenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which kind of key?");
    }
}
