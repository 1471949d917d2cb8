package io.coapgate.simulator.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Puts the servers' runs of one kind of handshake side by side. */
final class StormTable {
    private final Map<String, List<Measurement>> runs;

    /** @param runs by the server's title, each in the order in which they took turns; the gateway's are among them */
    StormTable(Map<String, List<Measurement>> runs) {
        this.runs = runs;
    }

    @Override
    public String toString() {
        TextTable medians = new TextTable("", "connects/s", "CPU us/connect", "connects/s/core", "busy", "failures");
        runs.forEach((title, series) -> medians.row(
                title,
                number("%,.0f", series, Measurement::requestsPerSecond),
                number("%,.0f", series, Measurement::cpuMicrosPerRequest),
                number("%,.0f", series, Measurement::requestsPerSecondAndCore),
                number("%.0f%%", series, run -> 100 * run.coresUsed()),
                Long.toString(series.stream().mapToLong(Measurement::failures).sum())));
        TextTable ratios = new TextTable("pair by pair", "connects/s/core", "connects/s");
        List<Measurement> gateway = runs.getOrDefault(StormServer.COAPGATE, List.of());
        runs.forEach((title, series) -> {
            if (!title.equals(StormServer.COAPGATE)) {
                ratios.row(
                        "coapgate / " + title,
                        ratio(gateway, series, Measurement::requestsPerSecondAndCore),
                        ratio(gateway, series, Measurement::requestsPerSecond));
            }
        });
        return medians + "\n\n" + ratios;
    }

    private static String ratio(List<Measurement> one, List<Measurement> other, ToDoubleFunction<Measurement> figure) {
        return Figures.of(one, figure).dividedBy(Figures.of(other, figure)).spread();
    }

    private static String number(String format, List<Measurement> series, ToDoubleFunction<Measurement> figure) {
        return String.format(Locale.ROOT, format, Figures.of(series, figure).median());
    }
}
