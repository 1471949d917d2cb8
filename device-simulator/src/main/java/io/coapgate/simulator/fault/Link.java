package io.coapgate.simulator.fault;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The bottleneck that all clients share in one direction, when there is one. Used by the proxy's thread only. */
final class Link {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean used;
    private long freeNanos;

    /** When a datagram that comes now is through; empty if it would wait too long. */
    OptionalLong through(int bytes, long nowNanos, Impairment impairment) {
        if (impairment.bytesPerSecond().isEmpty()) {
            return OptionalLong.of(nowNanos);
        }
        long begin = used && freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
        if (begin - nowNanos > MAX_WAIT_NANOS) {
            return OptionalLong.empty();
        }
        used = true;
        freeNanos = begin
                + (long) (bytes
                        * (double) TimeUnit.SECONDS.toNanos(1)
                        / impairment.bytesPerSecond().getAsLong());
        return OptionalLong.of(freeNanos);
    }
}
