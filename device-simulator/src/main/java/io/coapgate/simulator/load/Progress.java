package io.coapgate.simulator.load;

import io.coapgate.simulator.run.Second;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who watches a run. What happens may be told by another thread than the rest. */
public interface Progress extends AutoCloseable {

    /** So many devices are ready, or have failed to be. */
    void connecting(int done, int devices);

    /** What happened since the last call; once a second. */
    void running(Tick tick);

    /** Something was done to the run, or a phase of it begins. */
    void happened(Duration elapsed, String what);

    @Override
    void close();

    /**
     * One second of a run.
     *
     * @param elapsed since the requests began
     * @param errors so far, by code or reason
     */
    record Tick(Duration elapsed, Duration planned, Second second, Map<String, Long> errors) {
        private static final int REASONS = 3;

        /** One line without the time. */
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%,7d/s  up %,d  p50 %9s  p99 %9s  errors %s",
                    second.requests().answered(),
                    second.devices().up(),
                    SummaryText.millis(second.latency().p50()),
                    SummaryText.millis(second.latency().p99()),
                    errorsText());
        }

        private String errorsText() {
            long sum = errors.values().stream().mapToLong(Long::longValue).sum();
            String reasons = errors.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(REASONS)
                    .map(error -> error.getKey() + ' ' + error.getValue())
                    .collect(Collectors.joining(", ", " (", errors.size() > REASONS ? ", ...)" : ")"));
            return sum == 0 ? "0" : String.format(Locale.ROOT, "%,d%s", sum, reasons);
        }
    }
}
