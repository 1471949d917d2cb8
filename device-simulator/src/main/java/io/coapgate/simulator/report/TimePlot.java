package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Plot.Axis;
import io.coapgate.simulator.report.Plot.Heading;
import io.coapgate.simulator.run.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A plot over the seconds of runs.
 *
 * @param columns all are shown of a run alone, those that are compared of several
 */
record TimePlot(Heading heading, Unit unit, boolean logarithmic, List<Column> columns) {
    private static final int MAX_ROWS = 300;
    private static final List<Tone> RUNS = List.of(Tone.BLUE, Tone.ORANGE);

    /** @param figure {@link Double#NaN} for what a second does not tell */
    record Column(String label, Tone tone, Stroke stroke, boolean compared, ToDoubleFunction<Second> figure) {}

    Plot of(List<NamedRun> runs) {
        int length = runs.stream().mapToInt(run -> run.seconds().size()).max().orElse(0);
        List<Double> x = IntStream.range(0, length).mapToObj(t -> (double) t).toList();
        List<Series> series = runs.size() == 1 ? alone(runs.get(0), length) : compared(runs, length);
        return new Plot(heading, Axis.SECONDS, unit, logarithmic, x, series, table(series, length));
    }

    private List<Series> alone(NamedRun run, int length) {
        return columns.stream()
                .map(column -> new Series(column.label(), column.tone(), column.stroke(), values(run, column, length)))
                .filter(TimePlot::isKnown)
                .toList();
    }

    /** The colour tells the runs apart, the stroke the columns. */
    private List<Series> compared(List<NamedRun> runs, int length) {
        List<Column> chosen = columns.stream().filter(Column::compared).toList();
        List<Series> series = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            for (int c = 0; c < chosen.size(); c++) {
                Column column = chosen.get(c);
                series.add(new Series(
                        runs.get(r).name() + ": " + column.label(),
                        RUNS.get(r % RUNS.size()),
                        c == 0 ? Stroke.SOLID : Stroke.DASHED,
                        values(runs.get(r), column, length)));
            }
        }
        return series.stream().filter(TimePlot::isKnown).toList();
    }

    private static boolean isKnown(Series series) {
        return series.values().stream().anyMatch(value -> !value.isNaN());
    }

    private static List<Double> values(NamedRun run, Column column, int length) {
        DoubleStream known = run.seconds().stream().mapToDouble(column.figure());
        DoubleStream missing = DoubleStream.generate(() -> Double.NaN)
                .limit(length - run.seconds().size());
        return DoubleStream.concat(known, missing).boxed().toList();
    }

    private DataTable table(List<Series> series, int length) {
        int step = Math.max(1, (length + MAX_ROWS - 1) / MAX_ROWS);
        List<String> headings = new ArrayList<>(List.of("second"));
        series.forEach(line -> headings.add(line.label()));
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < length; t += step) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(t)));
            for (Series line : series) {
                row.add(unit.textOrDash(line.values().get(t)));
            }
            rows.add(row);
        }
        return new DataTable(step == 1 ? "" : "One second of every " + step + ".", headings, rows);
    }
}
