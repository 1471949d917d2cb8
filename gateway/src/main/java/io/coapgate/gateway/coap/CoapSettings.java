package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How CoAP is spoken.
 *
 * @param piggybackWindow how long an answer may take and still ride on the acknowledgement (RFC 7252 §5.2.1); an answer
 *     that takes longer comes as a separate response. Must be shorter than the device's ACK_TIMEOUT, 2 s by default
 * @param maxBodyBytes the longest body that is reassembled from blocks
 * @param maxResponseBytes the longest body that is sent in blocks: the most that any upstream may answer
 * @param listeners how many listeners share the heap
 */
public record CoapSettings(Duration piggybackWindow, int maxBodyBytes, int maxResponseBytes, int listeners) {
    /** The share of the heap that bodies under way may fill, in both directions and over all listeners. */
    private static final int TRANSFERS_HEAP_DIVISOR = 8;

    private static final int MIN_TRANSFERS = 64;
    private static final int MAX_TRANSFERS = 100_000;

    public CoapSettings {
        requireNonNull(piggybackWindow, "piggybackWindow");
        if (piggybackWindow.isNegative() || maxBodyBytes < 0 || maxResponseBytes < 0 || listeners < 1) {
            throw new IllegalArgumentException("CoAP bounds must not be negative");
        }
    }

    /** How many bodies one listener may have under way in each direction, each as long as it may get. */
    int maxTransfers(long heapBytes) {
        long oneEachWay = Math.max(1, (long) maxBodyBytes + maxResponseBytes);
        long fit = heapBytes / TRANSFERS_HEAP_DIVISOR / listeners / oneEachWay;
        return (int) Math.max(MIN_TRANSFERS, Math.min(MAX_TRANSFERS, fit));
    }
}
