package io.coapgate.simulator.load;

import java.time.Duration;

/** Who watches a run. Called by one thread at a time. */
public interface Progress extends AutoCloseable {

    /** So many devices are ready, or have failed to be. */
    void connecting(int done, int devices);

    /** What happened since the last call; once a second. */
    void running(Tick tick);

    @Override
    void close();

    /**
     * One second of a run.
     *
     * @param elapsed since the requests began
     * @param answered in this second
     * @param failed so far
     * @param latency in this second
     */
    record Tick(Duration elapsed, Duration planned, long answered, long failed, Latencies latency) {
        /** One line without the time. */
        String text() {
            return "%,7d/s  p50 %9s  p99 %9s  errors %,d"
                    .formatted(answered, SummaryText.millis(latency.p50()), SummaryText.millis(latency.p99()), failed);
        }
    }
}
