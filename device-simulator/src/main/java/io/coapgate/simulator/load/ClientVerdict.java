package io.coapgate.simulator.load;

import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Results.Client;
import io.coapgate.simulator.run.Second;
import java.util.List;
import java.util.Locale;

/** Judges whether the simulator itself was what was slow. */
final class ClientVerdict {
    /** A schedule that is later than this adds to what it measures. */
    private static final long LATE_MICROS = 20_000;
    /** Processes with less than this left wait for a processor. */
    private static final double BUSY = 0.9;

    private ClientVerdict() {}

    /**
     * @param cpus that there are
     * @param lag of the schedule
     */
    static Client of(List<Second> seconds, int cpus, Quantiles lag) {
        if (lag.p99() > LATE_MICROS) {
            return new Client(
                    true,
                    "One request in a hundred was handed over %s or more after it was due."
                            .formatted(SummaryText.millis(lag.p99())),
                    lag);
        }
        double cores = seconds.stream()
                .filter(second -> second.requests().sent() > 0)
                .mapToDouble(second -> second.processors().simulator())
                .average()
                .orElse(0);
        return cores > BUSY * cpus
                ? new Client(
                        true,
                        String.format(Locale.ROOT, "The simulator kept %.1f of %d processor cores busy.", cores, cpus),
                        lag)
                : new Client(false, "", lag);
    }
}
