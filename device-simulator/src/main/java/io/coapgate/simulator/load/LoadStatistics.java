package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.NoAnswerException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Counts and measures while devices run. Thread-safe. */
final class LoadStatistics {
    private static final int MAX_REASONS = 100;
    private static final String OTHER = "other";

    private final Recorder latency = Micros.recorder();
    private final Recorder connecting = Micros.recorder();
    private final Recorder lag = Micros.recorder();
    private final LongAdder due = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder outcomes = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    /** A request is due, and the schedule is this late with it. */
    void due(long lagNanos) {
        due.increment();
        lag.recordValue(Micros.of(lagNanos));
    }

    void sent() {
        sent.increment();
    }

    /** A device is ready, this long after it was switched on. */
    void connected(long nanos) {
        connecting.recordValue(Micros.of(nanos));
    }

    /** Something went wrong that is no request's outcome. */
    void failed(String reason) {
        String key = errors.size() < MAX_REASONS || errors.containsKey(reason) ? reason : OTHER;
        errors.computeIfAbsent(key, name -> new LongAdder()).increment();
    }

    /** A request that was due will never be sent. */
    void notSent(String reason) {
        failed(reason);
        outcomes.increment();
    }

    /** The outcome of one request, this long after it was due. */
    void completed(@Nullable Answer answer, @Nullable Throwable failure, long nanosAfterDue) {
        if (answer != null && answer.isSuccess()) {
            answered.increment();
            latency.recordValue(Micros.of(nanosAfterDue));
        } else {
            failed(outcome(answer, failure));
        }
        outcomes.increment();
    }

    /** The outcome of a request that was due before its device became an outcast. */
    void completed(Outcast outcast, @Nullable Answer answer, @Nullable Throwable failure) {
        ofOutcast(Optional.of(outcast), answer, failure);
        outcomes.increment();
    }

    /** The outcome of a request that was never due. */
    void ofOutcast(Optional<Outcast> outcast, @Nullable Answer answer, @Nullable Throwable failure) {
        outcast.ifPresent(device -> {
            if (answer != null && answer.isSuccess()) {
                device.accepted(System.nanoTime());
            } else {
                failed(device.told(outcome(answer, failure)));
            }
        });
    }

    private static String outcome(@Nullable Answer answer, @Nullable Throwable failure) {
        return answer == null || failure != null ? reason(failure) : answer.outcome();
    }

    static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NoAnswerException noAnswer) {
            return noAnswer.reason().text();
        }
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }

    /** Requests that were due and have no outcome yet. */
    long underWay() {
        long done = outcomes.sum(); // read first, so that the difference is never too small
        return due.sum() - done;
    }

    /** Latencies in microseconds since the last call. */
    Histogram latencies() {
        return latency.getIntervalHistogram();
    }

    /** How long devices took to be ready, in microseconds, since the last call. */
    Histogram connecting() {
        return connecting.getIntervalHistogram();
    }

    /** How late the schedule was, in microseconds, since the last call. */
    Histogram lag() {
        return lag.getIntervalHistogram();
    }

    /** So far. */
    Counts counts() {
        Map<String, Long> failures = new TreeMap<>();
        errors.forEach((reason, count) -> failures.put(reason, count.sum()));
        return new Counts(due.sum(), sent.sum(), answered.sum(), failures);
    }

    /** Requests by what became of them. */
    record Counts(long due, long sent, long answered, Map<String, Long> errors) {
        static Counts none() {
            return new Counts(0, 0, 0, Map.of());
        }
    }
}
