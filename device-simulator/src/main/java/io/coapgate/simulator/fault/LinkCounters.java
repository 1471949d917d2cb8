package io.coapgate.simulator.fault;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts one direction. Written by the proxy's thread, read by any. */
final class LinkCounters {
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAccumulator largestBytes = new LongAccumulator(Math::max, 0);
    private final LongAdder lost = new LongAdder();
    private final LongAdder duplicated = new LongAdder();
    private final LongAdder reordered = new LongAdder();
    private final LongAdder overflowed = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder deliveredBytes = new LongAdder();

    void received(int bytes) {
        receivedBytes.add(bytes);
        largestBytes.accumulate(bytes);
        received.increment();
    }

    void lost() {
        lost.increment();
    }

    void duplicated() {
        duplicated.increment();
    }

    void reordered() {
        reordered.increment();
    }

    void overflowed() {
        overflowed.increment();
    }

    void delivered(int bytes) {
        deliveredBytes.add(bytes);
        delivered.increment();
    }

    LinkCounts counts() {
        return new LinkCounts(
                received.sum(),
                receivedBytes.sum(),
                largestBytes.get(),
                lost.sum(),
                duplicated.sum(),
                reordered.sum(),
                overflowed.sum(),
                delivered.sum(),
                deliveredBytes.sum());
    }
}
