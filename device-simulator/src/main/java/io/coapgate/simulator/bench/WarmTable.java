package io.coapgate.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts measurements side by side: medians, their ratios, and each pair's ratio, so that the spread is seen. */
final class WarmTable {
    private static final double NEARLY_BUSY = 0.9;

    private final WarmPlan plan;
    private final String cores;

    WarmTable(WarmPlan plan, String cores) {
        this.plan = plan;
        this.cores = cores;
    }

    /** @param bare in the order of the runs, and so is {@code gateway} */
    String of(List<Measurement> bare, List<Measurement> gateway) {
        List<String> lines = new ArrayList<>();
        lines.add("PSK CCM_8 + CID, %d connections, one 64-byte CON POST in flight on each"
                .formatted(plan.connections()));
        lines.add("%s; JDK %s".formatted(cores, Runtime.version()));
        lines.add("%d runs of %d s in turn, medians"
                .formatted(plan.runs(), plan.duration().toSeconds()));
        lines.add("");
        lines.add("%-18s %12s %14s %16s %12s %10s"
                .formatted("", "requests/s", "CPU us/request", "requests/s/core", "server busy", "failures"));
        lines.add(row("bare Californium", bare));
        lines.add(row("coapgate", gateway));
        lines.add(ratios(bare, gateway));
        lines.add("");
        lines.add("CPU per request, coapgate / bare, pair by pair: " + pairs(bare, gateway));
        if (median(bare, Measurement::coresUsed) < NEARLY_BUSY
                || median(gateway, Measurement::coresUsed) < NEARLY_BUSY) {
            lines.add("A server that is not busy waits for the client's core: its requests/s are the client's limit,");
            lines.add("and requests/s/core, from its CPU per request, is what it could do.");
        }
        return String.join("\n", lines);
    }

    private static String row(String name, List<Measurement> runs) {
        return String.format(
                Locale.ROOT,
                "%-18s %,12.0f %14.1f %,16.0f %11.0f%% %,10d",
                name,
                median(runs, Measurement::requestsPerSecond),
                median(runs, Measurement::cpuMicrosPerRequest),
                median(runs, Measurement::requestsPerSecondAndCore),
                100 * median(runs, Measurement::coresUsed),
                runs.stream().mapToLong(Measurement::failures).sum());
    }

    private static String ratios(List<Measurement> bare, List<Measurement> gateway) {
        return String.format(
                Locale.ROOT,
                "%-18s %12.2f %14.2f %16.2f",
                "coapgate / bare",
                median(gateway, Measurement::requestsPerSecond) / median(bare, Measurement::requestsPerSecond),
                median(gateway, Measurement::cpuMicrosPerRequest) / median(bare, Measurement::cpuMicrosPerRequest),
                median(gateway, Measurement::requestsPerSecondAndCore)
                        / median(bare, Measurement::requestsPerSecondAndCore));
    }

    private static String pairs(List<Measurement> bare, List<Measurement> gateway) {
        return IntStream.range(0, bare.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.2f",
                        gateway.get(i).cpuMicrosPerRequest() / bare.get(i).cpuMicrosPerRequest()))
                .collect(Collectors.joining("  "));
    }

    static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
