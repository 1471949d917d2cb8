package io.coapgate.simulator.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A summary as a table of less than 80 columns. */
public final class SummaryText {
    private SummaryText() {}

    public static String of(LoadSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("devices     " + count(summary.connected()) + " connected");
        lines.add("handshakes  " + count(summary.handshakes()));
        lines.add("requests    " + count(summary.requests()) + " in " + seconds(summary.elapsed()));
        lines.add("answered    " + count(summary.answered()) + " (" + count(Math.round(summary.throughput()))
                + " per second)");
        lines.add("errors      " + count(summary.failed()));
        summary.errors().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(error -> lines.add("%14s  %s".formatted(count(error.getValue()), error.getKey())));
        Latencies latency = summary.latency();
        lines.add("latency     p50 " + millis(latency.p50()) + "   p90 " + millis(latency.p90()) + "   p99 "
                + millis(latency.p99()) + "   max " + millis(latency.max()));
        return String.join("\n", lines);
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Milliseconds with as many digits as help: {@code 0.83 ms}, {@code 12.4 ms}, {@code 1,530 ms}. */
    static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        String format = millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms";
        return String.format(Locale.ROOT, format, millis);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
