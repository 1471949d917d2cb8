package io.coapgate.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Puts the servers' runs of one series side by side: medians, and what they are to one another, pair by pair. */
final class WarmTable {
    private static final double NEARLY_BUSY = 0.9;
    private static final List<Pair> PAIRS = List.of(
            new Pair(Contender.COAPGATE, Contender.LOCAL),
            new Pair(Contender.COAPGATE, Contender.FLOOR),
            new Pair(Contender.COAPGATE, Contender.PROXY2),
            new Pair(Contender.FLOOR, Contender.LOCAL),
            new Pair(Contender.PROXY2, Contender.LOCAL),
            new Pair(Contender.PROXY2, Contender.FLOOR));

    private final Map<Contender, List<Measurement>> runs;
    private final boolean offered;

    /**
     * @param runs of each server in the order in which they took turns; not empty
     * @param offered whether requests were offered at a rate
     */
    WarmTable(Map<Contender, List<Measurement>> runs, boolean offered) {
        this.runs = Map.copyOf(runs);
        this.offered = offered;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(medians());
        parts.add(ratios());
        if (!offered && runs.values().stream().anyMatch(WarmTable::waits)) {
            parts.add("""
                    A server that is not busy waits for the client's core: its requests/s are the client's limit,
                    and requests/s/core, from its CPU per request, is what it could do.""");
        }
        return String.join("\n\n", parts);
    }

    private String medians() {
        TextTable table = offered
                ? new TextTable("", "requests/s", "CPU us/request", "busy", "p50 ms", "p99 ms", "failures")
                : new TextTable("", "requests/s", "CPU us/request", "requests/s/core", "busy", "failures");
        for (Contender contender : Contender.values()) {
            List<Measurement> series = runs.getOrDefault(contender, List.of());
            if (!series.isEmpty()) {
                table.row(offered ? offeredRow(contender, series) : closedRow(contender, series));
            }
        }
        return table.toString();
    }

    private static String[] closedRow(Contender contender, List<Measurement> series) {
        return new String[] {
            contender.title(),
            number("%,.0f", series, Measurement::requestsPerSecond),
            number("%.1f", series, Measurement::cpuMicrosPerRequest),
            number("%,.0f", series, Measurement::requestsPerSecondAndCore),
            number("%.0f%%", series, run -> 100 * run.coresUsed()),
            failures(series)
        };
    }

    private static String[] offeredRow(Contender contender, List<Measurement> series) {
        return new String[] {
            contender.title(),
            number("%,.0f", series, Measurement::requestsPerSecond),
            number("%.1f", series, Measurement::cpuMicrosPerRequest),
            number("%.0f%%", series, run -> 100 * run.coresUsed()),
            number("%.2f", series, Measurement::medianMillis),
            number("%.2f", series, Measurement::p99Millis),
            failures(series)
        };
    }

    private String ratios() {
        TextTable table = offered
                ? new TextTable("pair by pair", "CPU/request", "p50", "p99")
                : new TextTable("pair by pair", "CPU/request", "requests/s", "requests/s/core");
        for (Pair pair : PAIRS) {
            if (runs.containsKey(pair.one()) && runs.containsKey(pair.other())) {
                table.row(
                        pair.one().title() + " / " + pair.other().title(),
                        ratio(pair, Measurement::cpuMicrosPerRequest),
                        ratio(pair, offered ? Measurement::medianMillis : Measurement::requestsPerSecond),
                        ratio(pair, offered ? Measurement::p99Millis : Measurement::requestsPerSecondAndCore));
            }
        }
        return table.toString();
    }

    private String ratio(Pair pair, ToDoubleFunction<Measurement> figure) {
        Figures one = Figures.of(runs.getOrDefault(pair.one(), List.of()), figure);
        return one.dividedBy(Figures.of(runs.getOrDefault(pair.other(), List.of()), figure))
                .spread();
    }

    private static boolean waits(List<Measurement> series) {
        return Figures.of(series, Measurement::coresUsed).median() < NEARLY_BUSY;
    }

    private static String failures(List<Measurement> series) {
        return String.format(
                Locale.ROOT,
                "%,d",
                series.stream().mapToLong(Measurement::failures).sum());
    }

    private static String number(String format, List<Measurement> series, ToDoubleFunction<Measurement> figure) {
        return String.format(Locale.ROOT, format, Figures.of(series, figure).median());
    }

    private record Pair(Contender one, Contender other) {}
}
