package io.coapgate.gateway.dtls;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.scandium.DtlsHealth;
import org.eclipse.californium.scandium.DtlsHealthExtended;
import org.eclipse.californium.scandium.DtlsHealthExtended2;

/** Counts what Scandium reports about its own health, and never logs it. Thread-safe. */
final class DtlsCounters implements DtlsHealth, DtlsHealthExtended, DtlsHealthExtended2 {
    private final LongAdder started = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder macErrors = new LongAdder();
    private volatile int connections;

    DtlsStatistics snapshot(int capacity, HalfOpenHandshakes halfOpen) {
        return new DtlsStatistics(
                connections,
                capacity,
                halfOpen.size(),
                started.sum(),
                completed.sum(),
                failed.sum(),
                halfOpen.displaced(),
                dropped.sum(),
                macErrors.sum());
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public void startHandshake() {
        started.increment();
    }

    @Override
    public void endHandshake(boolean success) {
        (success ? completed : failed).increment();
    }

    @Override
    public void receivingRecord(boolean drop) {
        if (drop) {
            dropped.increment();
        }
    }

    @Override
    public void receivingMacError() {
        macErrors.increment();
    }

    @Override
    public void setConnections(int count) {
        connections = count;
    }

    @Override
    public void sendingRecord(boolean drop) {}

    @Override
    public void setPendingIncomingJobs(int count) {}

    @Override
    public void setPendingOutgoingJobs(int count) {}

    @Override
    public void setPendingHandshakeJobs(int count) {}

    @Override
    public void dump(String tag, int maxConnections, int remainingCapacity, int pendingWithoutVerify) {}
}
