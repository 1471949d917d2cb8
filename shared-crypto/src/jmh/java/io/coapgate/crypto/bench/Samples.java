package io.coapgate.crypto.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of one row with one provider: costs in microseconds, by contender. */
final class Samples {

    private final List<Map<String, Double>> rounds = new ArrayList<>();

    void add(Map<String, Double> round) {
        rounds.add(Map.copyOf(round));
    }

    /** The median cost, or a dash for a contender that can't do this. */
    String cost(String contender) {
        return rounds.get(0).containsKey(contender) ? text(median(round -> round.get(contender))) : "–";
    }

    String ratio() {
        return text(median(round -> round.get(Row.COAPGATE) / round.get(Row.FLOOR)));
    }

    String difference() {
        return text(median(round -> round.get(Row.COAPGATE) - round.get(Row.FLOOR)));
    }

    private double median(ToDoubleFunction<Map<String, Double>> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }
}
