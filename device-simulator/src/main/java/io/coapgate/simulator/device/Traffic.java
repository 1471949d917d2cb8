package io.coapgate.simulator.device;

import java.util.concurrent.atomic.LongAdder;

/** Counts what devices send and receive, in UDP payload. Thread-safe. */
public final class Traffic {
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder datagramsOut = new LongAdder();
    private final LongAdder datagramsIn = new LongAdder();

    void sent(int bytes) {
        bytesOut.add(bytes);
        datagramsOut.increment();
    }

    void received(int bytes) {
        bytesIn.add(bytes);
        datagramsIn.increment();
    }

    /** What was counted so far. */
    public Count count() {
        return new Count(bytesOut.sum(), bytesIn.sum(), datagramsOut.sum(), datagramsIn.sum());
    }

    /** At one moment. */
    public record Count(long bytesOut, long bytesIn, long datagramsOut, long datagramsIn) {
        public Count minus(Count earlier) {
            return new Count(
                    bytesOut - earlier.bytesOut,
                    bytesIn - earlier.bytesIn,
                    datagramsOut - earlier.datagramsOut,
                    datagramsIn - earlier.datagramsIn);
        }
    }
}
