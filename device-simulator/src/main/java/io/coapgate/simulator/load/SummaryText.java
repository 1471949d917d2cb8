package io.coapgate.simulator.load;

import io.coapgate.simulator.run.Expectation;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.RunRecord;
import io.coapgate.simulator.run.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A run as a table of less than 80 columns. */
public final class SummaryText {
    private SummaryText() {}

    public static String of(RunRecord run) {
        List<String> lines = new ArrayList<>();
        List<Second> seconds = run.timeline().seconds();
        long answered = run.results().latency().count();
        long failed = run.results().errors().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        lines.add("devices     " + count(run.results().connecting().count()) + " connected");
        lines.add("handshakes  " + count(sum(seconds, second -> second.devices().handshakes())));
        lines.add("requests    " + count(answered + failed) + " in "
                + seconds(run.timeline().planned().toNanos() / 1e9));
        lines.add("answered    " + count(answered) + " (" + count(perSecond(run)) + " per second)");
        lines.add("errors      " + count(failed));
        run.results().errors().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(error -> lines.add("%14s  %s".formatted(count(error.getValue()), error.getKey())));
        lines.add("latency     " + text(run.results().latency().quantiles()));
        lines.add(traffic(seconds, answered + failed));
        lines.add(client(run));
        run.results().expectations().forEach(expectation -> lines.add(line(expectation)));
        return String.join("\n", lines);
    }

    private static String text(Quantiles latency) {
        return "p50 " + millis(latency.p50()) + "   p90 " + millis(latency.p90()) + "   p99 " + millis(latency.p99())
                + "   max " + millis(latency.max());
    }

    private static String traffic(List<Second> seconds, long requests) {
        long bytes = sum(
                seconds,
                second -> second.traffic().bytesOut() + second.traffic().bytesIn());
        long datagrams = sum(
                seconds,
                second -> second.traffic().datagramsOut() + second.traffic().datagramsIn());
        return String.format(
                Locale.ROOT,
                "traffic     %,d bytes in %,d datagrams (%,.0f bytes per request)",
                bytes,
                datagrams,
                requests == 0 ? 0.0 : bytes / (double) requests);
    }

    private static String client(RunRecord run) {
        double cores = run.timeline().seconds().stream()
                .mapToDouble(second -> second.processors().simulator())
                .average()
                .orElse(0);
        String why = run.results().client().why();
        return String.format(Locale.ROOT, "simulator   %.2f cores", cores)
                + (run.results().client().bottleneck() ? ": IT WAS THE BOTTLENECK. " + why : "");
    }

    private static String line(Expectation expectation) {
        return "%-10s  %s (%s)"
                .formatted(expectation.passed() ? "passed" : "FAILED", expectation.text(), expectation.measured());
    }

    private static long perSecond(RunRecord run) {
        double planned = run.timeline().planned().toNanos() / 1e9;
        return Math.round(run.results().latency().count() / planned);
    }

    private static long sum(List<Second> seconds, ToLongFunction<Second> figure) {
        return seconds.stream().mapToLong(figure).sum();
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Milliseconds with as many digits as help: {@code 0.83 ms}, {@code 12.4 ms}, {@code 1,530 ms}. */
    public static String millis(long micros) {
        double millis = micros / 1e3;
        String format = millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms";
        return String.format(Locale.ROOT, format, millis);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
