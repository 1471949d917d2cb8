package io.coapgate.simulator.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What happens to the datagrams of one direction. Immutable.
 *
 * @param loss the share that gets lost, 0 to 1
 * @param duplication the share of the others that arrives twice
 * @param reordering the share that the next datagram of the same client overtakes; if none follows within {@value
 *     #HOLD_MILLIS} ms, they are only late
 * @param delay how long each is under way
 * @param jitter at most how much longer, evenly distributed; datagrams overtake one another by it, as they do in networks
 * @param bytesPerSecond what all clients together get through; who would wait for more than a second is dropped
 */
public record Impairment(
        double loss,
        double duplication,
        double reordering,
        Duration delay,
        Duration jitter,
        OptionalLong bytesPerSecond) {
    static final long HOLD_MILLIS = 100;
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);

    /** Everything arrives at once and in order. */
    public static final Impairment NONE = new Impairment(0, 0, 0, Duration.ZERO, Duration.ZERO, OptionalLong.empty());

    /** Nothing arrives. */
    public static final Impairment BLACKOUT = NONE.withLoss(1);

    public Impairment {
        requireShare(loss, "loss");
        requireShare(duplication, "duplication");
        requireShare(reordering, "reordering");
        requireDelay(delay, "delay");
        requireDelay(jitter, "jitter");
        requireNonNull(bytesPerSecond, "bytesPerSecond");
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < 1) {
            throw new IllegalArgumentException("bytesPerSecond is 1 at least, not " + bytesPerSecond.getAsLong());
        }
    }

    public Impairment withLoss(double share) {
        return new Impairment(share, duplication, reordering, delay, jitter, bytesPerSecond);
    }

    public Impairment withDuplication(double share) {
        return new Impairment(loss, share, reordering, delay, jitter, bytesPerSecond);
    }

    public Impairment withReordering(double share) {
        return new Impairment(loss, duplication, share, delay, jitter, bytesPerSecond);
    }

    public Impairment withDelay(Duration each, Duration upToMore) {
        return new Impairment(loss, duplication, reordering, each, upToMore, bytesPerSecond);
    }

    public Impairment withBytesPerSecond(long bytes) {
        return new Impairment(loss, duplication, reordering, delay, jitter, OptionalLong.of(bytes));
    }

    private static void requireShare(double share, String name) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is a share from 0 to 1, not " + share);
        }
    }

    private static void requireDelay(Duration time, String name) {
        if (time.isNegative() || time.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(name + " is 0 to " + MAX_DELAY.toMinutes() + " min, not " + time);
        }
    }
}
