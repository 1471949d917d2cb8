package io.coapgate.simulator.cli;

import io.coapgate.simulator.report.Comparison;
import io.coapgate.simulator.report.HtmlReport;
import io.coapgate.simulator.report.NamedRun;
import io.coapgate.simulator.run.RunFile;
import io.coapgate.simulator.run.RunRecord;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Reports on a run, and on runs that were kept. */
final class ReportOptions {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report there, as one HTML file that needs no network.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--compare",
            arity = "1..2",
            paramLabel = "FILE",
            description = "Run nothing: lay two runs that were kept by --json side by side, or look at one again.")
    private List<Path> compare = List.of();

    /** Whether there is nothing to run. */
    boolean isOnKeptRuns() {
        return !compare.isEmpty();
    }

    /** Prints the runs that were kept, and writes the report if one was asked for. */
    void present(PrintStream out) throws IOException {
        if (compare.size() == 1) {
            NamedRun run = kept(compare.get(0));
            out.print(Comparison.figures(run));
            write(HtmlReport.of(run), out);
        } else {
            Comparison comparison = new Comparison(kept(compare.get(0)), kept(compare.get(1)));
            out.print(comparison.text());
            write(HtmlReport.of(comparison), out);
        }
    }

    /** Writes the report on a run that has just ended, if one was asked for. */
    void present(RunRecord run, PrintStream out) throws IOException {
        if (report.isPresent()) {
            write(HtmlReport.of(new NamedRun(run.setting().scenario(), run)), out);
        }
    }

    private void write(String html, PrintStream out) throws IOException {
        if (report.isPresent()) {
            HtmlReport.write(report.get(), html);
            out.println("report: " + report.get());
        }
    }

    /** Under its file's name; under the whole path if the other file has the same name. */
    private NamedRun kept(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("no such file: " + file + "; simulate --json FILE writes one");
        }
        long namesakes = compare.stream()
                .filter(other -> other.getFileName().equals(file.getFileName()))
                .count();
        return new NamedRun((namesakes > 1 ? file : file.getFileName()).toString(), RunFile.read(file));
    }
}
