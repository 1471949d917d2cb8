package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.NoAnswerException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Counts and measures while devices run. Thread-safe. */
final class LoadStatistics {
    static final long HIGHEST_MICROS = 600_000_000;
    static final int DIGITS = 3;

    private final Recorder latency = new Recorder(HIGHEST_MICROS, DIGITS);
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    /** An answer that was wanted, and how long after it was due. */
    void answered(long nanosAfterDue) {
        answered.increment();
        latency.recordValue(Math.min(HIGHEST_MICROS, Math.max(1, nanosAfterDue / 1000)));
    }

    void failed(String reason) {
        failed.increment();
        errors.computeIfAbsent(reason, key -> new LongAdder()).increment();
    }

    /** The outcome of one request. */
    void completed(@Nullable Answer answer, @Nullable Throwable failure, long nanosAfterDue) {
        if (failure != null || answer == null) {
            failed(reason(failure));
        } else if (answer.isSuccess()) {
            answered(nanosAfterDue);
        } else {
            failed(answer.outcome());
        }
    }

    static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NoAnswerException noAnswer) {
            return noAnswer.reason().text();
        }
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }

    /** Latencies in microseconds since the last call. */
    Histogram interval() {
        return latency.getIntervalHistogram();
    }

    long answeredCount() {
        return answered.sum();
    }

    long failedCount() {
        return failed.sum();
    }

    /** How many failures of each kind. */
    Map<String, Long> errors() {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    /** Everything so far. */
    LoadSummary summary(Histogram whole, Duration elapsed, long handshakes, int connected) {
        return new LoadSummary(answeredCount(), errors(), Latencies.ofMicros(whole), elapsed, handshakes, connected);
    }
}
