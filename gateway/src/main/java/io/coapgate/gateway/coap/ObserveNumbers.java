package io.coapgate.gateway.coap;

import java.util.function.LongSupplier;

/**
 * The values of Observe in notifications, RFC 7641 §4.4: milliseconds of the clock, modulo 2^24, so that they go on rising
 * when a device registers anew or the gateway has been restarted. Within the 256 seconds that count they rise by far less
 * than 2^23. Not thread-safe.
 */
final class ObserveNumbers {
    private static final int MODULUS = 1 << 24;

    private final LongSupplier millis;
    private long last;

    ObserveNumbers(LongSupplier millis) {
        this.millis = millis;
        this.last = millis.getAsLong();
    }

    int current() {
        return (int) Math.floorMod(last, (long) MODULUS);
    }

    /** At least one more than the last, even within one millisecond, or if the clock has been set back. */
    void advance() {
        last = Math.max(last + 1, millis.getAsLong());
    }
}
