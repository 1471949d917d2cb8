package io.coapgate.simulator.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What devices pay as a table, which is Markdown too, and what will not fit. */
public final class CostTable {
    private static final List<String> HEADINGS =
            List.of("credential", "allowed by", "CWT", "cold start", "resumed", "warm request", "largest datagram");

    private final List<CostRow> rows;
    private final int maxDatagram;

    /** @param maxDatagram the most UDP payload that the devices' network carries in one piece */
    public CostTable(List<CostRow> rows, int maxDatagram) {
        this.rows = List.copyOf(rows);
        this.maxDatagram = maxDatagram;
    }

    /** Bytes of UDP payload in both directions, and how many datagrams they came in. */
    public String text() {
        List<List<String>> lines = new ArrayList<>(List.of(HEADINGS));
        rows.forEach(row -> lines.add(cells(row)));
        int[] widths = new int[HEADINGS.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        append(text, lines.get(0), widths);
        append(text, rule(widths), widths);
        lines.subList(1, lines.size()).forEach(line -> append(text, line, widths));
        return text.toString();
    }

    /** One sentence for each device that would send or get a datagram that is too long, which IP then has to fragment. */
    public List<String> warnings() {
        return rows.stream()
                .filter(row -> row.largestDatagram() > maxDatagram)
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s, %s: a handshake or token message needs a datagram of %,d bytes, more than %,d; it will be"
                                + " fragmented, or lost where fragments are",
                        row.key().title(),
                        row.way().title(),
                        row.largestDatagram(),
                        maxDatagram))
                .toList();
    }

    private static List<String> cells(CostRow row) {
        return List.of(
                row.key().title(),
                row.way().title(),
                row.tokenBytes() == 0 ? "–" : row.tokenBytes() + " B",
                cell(row.cold()),
                cell(row.resumed()),
                cell(row.warm()),
                row.largestDatagram() + " B");
    }

    private static String cell(Cost cost) {
        return String.format(Locale.ROOT, "%,d B in %d", cost.bytes(), cost.datagrams());
    }

    private static List<String> rule(int[] widths) {
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rule.add(i < 2 ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":");
        }
        return rule;
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            text.append(' ')
                    .append(String.format("%" + (i < 2 ? "-" : "") + widths[i] + "s", cells.get(i)))
                    .append(" |");
        }
        text.append('\n');
    }
}
