package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Metric.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two runs, figure by figure.
 *
 * <p>What is better is said from 5 % on only: less is noise on most machines.
 */
public record Comparison(NamedRun first, NamedRun second) {
    private static final double NOISE = 0.05;
    private static final double PERCENT = 100;
    private static final List<String> HEADINGS_OF_CHANGE = List.of("change", "");

    /** Rows of name, first, second, change and judgement. */
    List<List<String>> rows() {
        List<Metric> before = Metrics.of(first.run());
        List<Metric> after = Metrics.of(second.run());
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Metric a = before.get(i);
            Metric b = after.get(i);
            rows.add(List.of(a.name(), a.text(), b.text(), change(a, b), judgement(a, b)));
        }
        rows.add(List.of("verdict", verdict(first), verdict(second), "", ""));
        return rows;
    }

    List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("figure", first.name(), second.name()));
        headings.addAll(HEADINGS_OF_CHANGE);
        return headings;
    }

    /** The same as lines of text in columns. */
    public String text() {
        return inColumns(headings(), rows());
    }

    /** The figures of one run, as lines of text in columns. */
    public static String figures(NamedRun run) {
        List<List<String>> rows = new ArrayList<>();
        Metrics.of(run.run()).forEach(metric -> rows.add(List.of(metric.name(), metric.text(), "")));
        rows.add(List.of("verdict", verdict(run), ""));
        return inColumns(List.of("figure", run.name(), ""), rows);
    }

    /** The first column and the last to the left, figures to the right. */
    private static String inColumns(List<String> headings, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(headings));
        lines.addAll(rows);
        int[] widths = new int[headings.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder(pad(line.get(0), -widths[0]));
            for (int i = 1; i < widths.length; i++) {
                boolean last = i == widths.length - 1;
                row.append("  ").append(pad(line.get(i), last ? -widths[i] : widths[i]));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String pad(String text, int width) {
        return width == 0 ? text : String.format("%" + width + "s", text);
    }

    private static String verdict(NamedRun run) {
        return Verdict.of(run.run()).word().toLowerCase(Locale.ROOT);
    }

    private static String change(Metric a, Metric b) {
        if (Double.isNaN(a.value()) || Double.isNaN(b.value())) {
            return "";
        }
        if (a.value() == b.value()) {
            return "=";
        }
        double change = (b.value() - a.value()) / a.value();
        return Double.isInfinite(change) ? "from 0" : String.format(Locale.ROOT, "%+.1f %%", change * PERCENT);
    }

    private static String judgement(Metric a, Metric b) {
        double difference = b.value() - a.value();
        boolean noticeable = Math.abs(difference) > NOISE * Math.abs(a.value());
        if (a.better() == Better.NEITHER || !noticeable) {
            return "";
        }
        return difference > 0 == (a.better() == Better.HIGHER) ? "better" : "worse";
    }
}
