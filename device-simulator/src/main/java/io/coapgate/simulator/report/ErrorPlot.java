package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Plot.Heading;
import io.coapgate.simulator.report.TimePlot.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Errors by reason over time: the most frequent reasons by name, the others together. */
final class ErrorPlot {
    private static final Heading HEADING = new Heading(
            "errors", "Errors over time", "Outcomes that were no answer of class 2, by code or reason, each second.");
    private static final int NAMED = 5;
    private static final List<Tone> TONES = List.of(Tone.RED, Tone.ORANGE, Tone.PURPLE, Tone.BLUE, Tone.GREEN);
    private static final List<Stroke> STROKES = List.of(Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED);

    private ErrorPlot() {}

    static Plot of(List<NamedRun> runs) {
        List<String> reasons = reasons(runs).stream().map(Map.Entry::getKey).toList();
        List<String> named = reasons.subList(0, Math.min(NAMED, reasons.size()));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            String reason = named.get(i);
            columns.add(new Column(
                    reason,
                    TONES.get(i),
                    STROKES.get(i % STROKES.size()),
                    i == 0,
                    second -> second.requests().errors().getOrDefault(reason, 0L)));
        }
        if (reasons.size() > NAMED) {
            columns.add(new Column(
                    "others",
                    Tone.GREY,
                    Stroke.DOTTED,
                    false,
                    second -> second.requests().errors().entrySet().stream()
                            .filter(error -> !named.contains(error.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum()));
        }
        return new TimePlot(HEADING, Unit.COUNT, false, columns).of(runs);
    }

    /** Of all runs together, the most frequent first. */
    static List<Map.Entry<String, Long>> reasons(List<NamedRun> runs) {
        Map<String, Long> totals = new TreeMap<>();
        for (NamedRun run : runs) {
            run.run().results().errors().forEach((reason, count) -> totals.merge(reason, count, Long::sum));
        }
        return totals.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }
}
