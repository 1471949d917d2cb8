package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Plot.Axis;
import io.coapgate.simulator.report.Plot.Heading;
import io.coapgate.simulator.run.Distribution;
import io.coapgate.simulator.run.Distribution.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All latencies of runs by percentile, with each further nine as wide as the one before. */
final class DistributionPlot {
    private static final Heading HEADING = new Heading(
            "distribution",
            "Latency, all of it",
            "So many percent of all answers came within so long; the tail is stretched.");
    private static final int STEPS_PER_NINE = 20;
    private static final List<Double> TABLE = List.of(0.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999, 100.0);
    private static final List<Tone> RUNS = List.of(Tone.BLUE, Tone.ORANGE);
    private static final double HUNDRED = 100;

    private DistributionPlot() {}

    static Plot of(List<NamedRun> runs) {
        List<NamedRun> known =
                runs.stream().filter(run -> latency(run).count() > 0).toList();
        double nines =
                known.stream().mapToDouble(run -> nines(latency(run))).max().orElse(0);
        List<Double> x = IntStream.rangeClosed(0, (int) Math.ceil(nines * STEPS_PER_NINE))
                .mapToObj(step -> (double) step / STEPS_PER_NINE)
                .toList();
        List<Series> series = new ArrayList<>();
        for (NamedRun run : known) {
            series.add(new Series(
                    runs.size() == 1 ? "latency" : run.name(),
                    RUNS.get(runs.indexOf(run) % RUNS.size()),
                    series.isEmpty() ? Stroke.SOLID : Stroke.DASHED,
                    values(latency(run), x)));
        }
        return new Plot(HEADING, Axis.NINES, Unit.MICROS, true, x, series, table(known));
    }

    private static Distribution latency(NamedRun run) {
        return run.run().results().latency();
    }

    /** As far as so many values can tell: a million of them have a 99.9999th percentile and none beyond. */
    private static double nines(Distribution latency) {
        return Math.max(1, Math.log10((double) latency.count()));
    }

    private static List<Double> values(Distribution latency, List<Double> x) {
        double end = nines(latency) + 1.0 / STEPS_PER_NINE;
        return x.stream()
                .map(nine -> nine < end ? at(latency, HUNDRED * (1 - Math.pow(10, -nine))) : Double.NaN)
                .toList();
    }

    private static double at(Distribution latency, double percentile) {
        List<Point> points = latency.percentiles();
        for (Point point : points) {
            if (point.percentile() >= percentile) {
                return point.micros();
            }
        }
        return latency.quantiles().max();
    }

    private static DataTable table(List<NamedRun> runs) {
        List<String> headings = new ArrayList<>(List.of("percentile"));
        runs.forEach(run -> headings.add(runs.size() == 1 ? "latency" : run.name()));
        List<List<String>> rows = new ArrayList<>();
        for (double percentile : TABLE) {
            List<String> row = new ArrayList<>(List.of(name(percentile)));
            runs.forEach(run -> row.add(Unit.MICROS.text(at(latency(run), percentile))));
            rows.add(row);
        }
        return new DataTable("", headings, rows);
    }

    private static String name(double percentile) {
        if (percentile == 0) {
            return "least";
        }
        return percentile == HUNDRED
                ? "most"
                : "p" + Double.toString(percentile).replaceAll("\\.0$", "");
    }
}
