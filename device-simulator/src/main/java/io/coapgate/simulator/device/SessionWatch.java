package io.coapgate.simulator.device;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/** Whether a device has a DTLS session as far as it knows, and how many handshakes it has begun. Thread-safe. */
final class SessionWatch extends SessionAdapter {
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder handshakesOfAll;
    private volatile boolean established;

    /** @param handshakesOfAll counts those of all devices together */
    SessionWatch(LongAdder handshakesOfAll) {
        this.handshakesOfAll = handshakesOfAll;
    }

    @Override
    public void handshakeStarted(Handshaker handshaker) {
        established = false;
        handshakes.increment();
        handshakesOfAll.increment();
    }

    @Override
    public void contextEstablished(Handshaker handshaker, DTLSContext context) {
        established = true;
    }

    long handshakes() {
        return handshakes.sum();
    }

    boolean isEstablished() {
        return established;
    }

    void ended() {
        established = false;
    }
}
