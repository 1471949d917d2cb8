package io.coapgate.gateway.upstream;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** How long an upstream's responses took, in a few buckets. Thread-safe, free of locks; recording allocates nothing. */
final class ResponseTimes {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongAdder[] counts = new LongAdder[UpstreamStatistics.BUCKET_MILLIS.size() + 1];
    private final long[] bounds;
    private final LongAdder totalNanos = new LongAdder();

    ResponseTimes() {
        bounds = UpstreamStatistics.BUCKET_MILLIS.stream()
                .mapToLong(millis -> millis * NANOS_PER_MILLI)
                .toArray();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void record(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        totalNanos.add(nanos);
    }

    UpstreamStatistics.Responses snapshot() {
        return new UpstreamStatistics.Responses(
                Arrays.stream(counts).map(LongAdder::sum).toList(), totalNanos.sum());
    }
}
