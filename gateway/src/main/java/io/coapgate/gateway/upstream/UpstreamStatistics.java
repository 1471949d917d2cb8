package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What an operator may know of one upstream. The numbers are taken one after the other and may differ by a little.
 *
 * @param inFlight requests under way, or waiting for a connection
 * @param targets by host and port
 * @param ejections since the start
 * @param retries requests that were sent to a second target, since the start
 */
public record UpstreamStatistics(
        int inFlight,
        Map<String, TargetState> targets,
        long ejections,
        long retries,
        BreakerState breaker,
        Responses responses) {
    /** The upper bounds of all buckets but the last, in milliseconds. */
    public static final List<Long> BUCKET_MILLIS = List.of(5L, 25L, 100L, 500L, 2_500L, 10_000L);

    public UpstreamStatistics {
        targets = Map.copyOf(targets);
        requireNonNull(breaker, "breaker");
        requireNonNull(responses, "responses");
    }

    /** Whether a target gets requests, and if not, why. */
    public enum TargetState {
        HEALTHY,
        /** Its health checks fail. */
        UNHEALTHY,
        /** Requests to it have failed. */
        EJECTED
    }

    /** Whether requests are sent at all. */
    public enum BreakerState {
        CLOSED,
        OPEN,
        /** Probes are under way. */
        HALF_OPEN
    }

    /**
     * How long complete responses took, from hand-over to the last byte, retries included.
     *
     * @param counts for each bucket: up to and including its bound, the last one beyond all
     * @param totalNanos of all of them together
     */
    public record Responses(List<Long> counts, long totalNanos) {
        public Responses {
            counts = List.copyOf(counts);
            if (counts.size() != BUCKET_MILLIS.size() + 1) {
                throw new IllegalArgumentException("a count for each bucket");
            }
        }
    }
}
