package io.coapgate.gateway.coap;

import java.util.function.LongSupplier;

/**
 * The values of Observe in notifications, RFC 7641 §4.4: milliseconds of the clock, modulo 2^24, so that they go on rising
 * when a device registers anew or the gateway has been restarted. 2^23 milliseconds are 2 hours, far more than the 256
 * seconds within which the difference must stay below that. Not thread-safe.
 */
final class ObserveNumbers {
    private static final int MODULUS = 1 << 24;
    private static final int HALF = 1 << 23;

    private final LongSupplier millis;
    private int current;

    ObserveNumbers(LongSupplier millis) {
        this.millis = millis;
        this.current = clock();
    }

    int current() {
        return current;
    }

    /** At least one more than the last, even within one millisecond. */
    void advance() {
        int now = clock();
        int ahead = Math.floorMod(now - current, MODULUS);
        current = ahead == 0 || ahead >= HALF ? (current + 1) % MODULUS : now;
    }

    private int clock() {
        return (int) Math.floorMod(millis.getAsLong(), (long) MODULUS);
    }
}
