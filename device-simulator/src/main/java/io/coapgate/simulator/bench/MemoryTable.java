package io.coapgate.simulator.bench;

import java.util.List;
import java.util.Locale;

/** Puts the servers' heaps side by side. */
final class MemoryTable {
    private static final double MEGABYTE = 1e6;

    private final List<HeapSample> bare;
    private final List<HeapSample> gateway;

    /** Of the same numbers of sessions in the same order. */
    MemoryTable(List<HeapSample> bare, List<HeapSample> gateway) {
        this.bare = List.copyOf(bare);
        this.gateway = List.copyOf(gateway);
    }

    @Override
    public String toString() {
        TextTable heaps = new TextTable(
                "", "sessions", "heap before MB", "heap settled MB", "bytes/session fresh", "bytes/session settled");
        bare.forEach(sample -> row(heaps, sample));
        gateway.forEach(sample -> row(heaps, sample));
        TextTable ratios = new TextTable("coapgate / bare, bytes per session", "fresh", "settled");
        for (int i = 0; i < bare.size(); i++) {
            HeapSample one = gateway.get(i);
            HeapSample other = bare.get(i);
            ratios.row(
                    format("%,d sessions", one.sessions()),
                    format("%.2f", one.freshPerSession() / other.freshPerSession()),
                    format("%.2f", one.settledPerSession() / other.settledPerSession()));
        }
        return heaps + "\n\n" + ratios;
    }

    private static void row(TextTable table, HeapSample sample) {
        table.row(
                sample.title(),
                format("%,d", sample.sessions()),
                format("%.1f", sample.before() / MEGABYTE),
                format("%.1f", sample.settled() / MEGABYTE),
                format("%,.0f", sample.freshPerSession()),
                format("%,.0f", sample.settledPerSession()));
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
