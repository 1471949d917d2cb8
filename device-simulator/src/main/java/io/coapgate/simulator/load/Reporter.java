package io.coapgate.simulator.load;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Once a second tells the progress what happened, and adds each second's latencies up. Thread-safe. */
final class Reporter implements AutoCloseable {
    private final LoadStatistics statistics;
    private final Progress progress;
    private final Duration planned;
    private final long start;
    private final ScheduledExecutorService timer;
    /** Guarded by this. */
    private final Histogram whole = new Histogram(LoadStatistics.HIGHEST_MICROS, LoadStatistics.DIGITS);

    private Reporter(LoadStatistics statistics, Progress progress, Duration planned, long start) {
        this.statistics = statistics;
        this.progress = progress;
        this.planned = planned;
        this.start = start;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param start the {@link System#nanoTime()} at which requests begin */
    static Reporter start(LoadStatistics statistics, Progress progress, Duration planned, long start) {
        Reporter reporter = new Reporter(statistics, progress, planned, start);
        var unused = reporter.timer.scheduleAtFixedRate(reporter::tick, 1, 1, TimeUnit.SECONDS);
        return reporter;
    }

    private synchronized void tick() {
        Histogram second = statistics.interval();
        whole.add(second);
        progress.running(new Progress.Tick(
                Duration.ofNanos(System.nanoTime() - start),
                planned,
                second.getTotalCount(),
                statistics.failedCount(),
                Latencies.ofMicros(second)));
    }

    /** Stops, and gives the latencies of the whole run in microseconds. */
    Histogram stop() {
        close();
        synchronized (this) {
            whole.add(statistics.interval());
            return whole.copy();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
