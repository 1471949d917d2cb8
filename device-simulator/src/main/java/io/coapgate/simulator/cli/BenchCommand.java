package io.coapgate.simulator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}, which is nothing without one of its own commands. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure the gateway beside its peers.",
        synopsisSubcommandLabel = "BENCHMARK")
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a benchmark: warm, storm, memory or start");
    }
}
