package io.coapgate.simulator.cli;

import io.coapgate.simulator.load.SummaryText;
import io.coapgate.simulator.run.RunFile;
import io.coapgate.simulator.run.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is made out of a run. */
final class OutputOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the run's record there.")
    private Optional<Path> json = Optional.empty();

    /** Prints the closing table, and writes what was asked for. */
    void present(RunRecord run, PrintStream out) throws IOException {
        out.println();
        out.println(SummaryText.of(run));
        if (json.isPresent()) {
            RunFile.write(json.get(), run);
        }
    }
}
