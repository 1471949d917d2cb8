package io.coapgate.crypto.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs each row's contenders one after another, each in a fresh virtual machine, in several rounds. Ratios and differences
 * are taken within a round and then their median over the rounds, since a shared machine changes its speed by the minute.
 */
final class Comparison {

    private static final List<String> PROVIDERS = List.of("jdk", "corretto");
    private static final int MEDIAN = 50;

    private final PrintStream out = System.out;
    private final int rounds;
    private final int iterations;

    Comparison(int rounds, int iterations) {
        this.rounds = rounds;
        this.iterations = iterations;
    }

    void run(List<Row> rows) throws RunnerException {
        Map<String, Samples> measured = new HashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Row row : rows) {
                System.err.println("round " + round + " of " + rounds + ": " + row.title());
                for (String provider : PROVIDERS) {
                    measured.computeIfAbsent(row.title() + provider, any -> new Samples())
                            .add(measure(row, provider));
                }
            }
        }
        print(rows, measured);
    }

    /** The median cost of a call in microseconds, by contender. */
    private Map<String, Double> measure(Row row, String provider) throws RunnerException {
        Map<String, Double> costs = new HashMap<>();
        for (String contender : row.contenders()) {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("\\." + row.benchmark().getSimpleName() + "\\." + contender + "$")
                    .param("provider", provider)
                    .forks(1)
                    .jvmArgsAppend(forkArguments())
                    .warmupIterations(iterations)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(iterations)
                    .measurementTime(TimeValue.milliseconds(500))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT);
            if (!row.algorithm().isEmpty()) {
                options.param("algorithm", row.algorithm());
            }
            RunResult result = new Runner(options.build()).runSingle();
            costs.put(contender, result.getPrimaryResult().getStatistics().getPercentile(MEDIAN));
        }
        return costs;
    }

    /** Newer virtual machines warn, in each fork, of what JMH and the native provider do. */
    private static String[] forkArguments() {
        return Runtime.version().feature() < 24
                ? new String[] {Operation.COMPILE_AT_ONCE}
                : new String[] {
                    Operation.COMPILE_AT_ONCE,
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"
                };
    }

    private void print(List<Row> rows, Map<String, Samples> measured) {
        out.printf("JDK %s, %d rounds, medians, µs per call%n%n", Runtime.version(), rounds);
        out.println("| operation | provider | bare JCA | coapgate | cose-java | authlete | Nimbus | coapgate ÷ bare"
                + " | coapgate − bare |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            for (String provider : PROVIDERS) {
                Samples samples = measured.get(row.title() + provider);
                List<String> cells = new ArrayList<>(List.of(row.title(), provider));
                for (String contender : List.of(Row.FLOOR, Row.COAPGATE, "coseJava", "authlete", "nimbus")) {
                    cells.add(samples.cost(contender));
                }
                cells.add(samples.ratio());
                cells.add(samples.difference());
                out.println("| " + String.join(" | ", cells) + " |");
            }
        }
    }
}
