package io.coapgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.report.SampleRun;
import io.coapgate.simulator.run.RunFile;
import io.coapgate.simulator.run.RunRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate --compare}. */
class CompareTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Main main = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void laysTwoRunsSideBySideAndWritesAReport() throws IOException {
        String before = kept("before.json", SampleRun.passed());
        String after = kept("after.json", SampleRun.failed("5.03"));
        String report = directory.resolve("report.html").toString();
        assertThat(main.execute("simulate", "--compare", before, after, "--report", report))
                .isZero();
        assertThat(output()).contains("before.json", "after.json", "+100.0 %  worse", "report: " + report);
        assertThat(Path.of(report)).content().contains("before.json and after.json");
    }

    @Test
    void looksAtOneRunAgain() throws IOException {
        String report = directory.resolve("report.html").toString();
        assertThat(main.execute("simulate", "--compare", kept("run.json", SampleRun.passed()), "--report", report))
                .isZero();
        assertThat(output()).contains("run.json", "requests answered");
        assertThat(Path.of(report)).content().contains("<h1>run.json</h1>");
    }

    @Test
    void tellsRunsWithTheSameNameApart() throws IOException {
        Files.createDirectory(directory.resolve("old"));
        String first = kept("run.json", SampleRun.passed());
        String second = kept("old/run.json", SampleRun.passed());
        assertThat(main.execute("simulate", "--compare", first, second)).isZero();
        assertThat(output()).contains(first, second);
    }

    @Test
    void exits69AndSaysWhichFileIsMissing() {
        String missing = directory.resolve("missing.json").toString();
        assertThat(main.execute("simulate", "--compare", missing)).isEqualTo(69);
        assertThat(output()).isEqualTo("coapgate: no such file: " + missing + "; simulate --json FILE writes one\n");
    }

    @Test
    void exits69AndSaysWhatIsWrongWithAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "{}");
        assertThat(main.execute("simulate", "--compare", file.toString())).isEqualTo(69);
        assertThat(output()).startsWith("coapgate: " + file).contains("format");
    }

    private String kept(String name, RunRecord run) throws IOException {
        Path file = directory.resolve(name);
        RunFile.write(file, run);
        return file.toString();
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
