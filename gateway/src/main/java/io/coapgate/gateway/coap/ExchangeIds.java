package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.ExchangeId;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Makes exchange ids: unique over restarts and instances by a random half of the process, and cheap. */
final class ExchangeIds {
    private final long process;

    ExchangeIds(SecureRandom random) {
        this.process = random.nextLong();
    }

    /** The low half is also a span id, which must not be zero (W3C Trace Context §3.2.2.4). */
    ExchangeId next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new ExchangeId(process ^ random.nextLong(), random.nextLong() | 1);
    }
}
