package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * How CoAP is spoken.
 *
 * @param transmission by listener, how messages are sent there
 * @param maxBodyBytes the longest body that is reassembled from blocks
 * @param maxResponseBytes the longest body that is sent in blocks: the most that any upstream may answer
 * @param blockLifetime after so long without a block a transfer is forgotten
 */
public record CoapSettings(
        Map<String, TransmissionParameters> transmission,
        int maxBodyBytes,
        int maxResponseBytes,
        Duration blockLifetime) {
    /** The share of the heap that bodies under way may fill, in both directions and over all listeners. */
    private static final int TRANSFERS_HEAP_DIVISOR = 8;

    private static final int MIN_TRANSFERS = 64;
    private static final int MAX_TRANSFERS = 100_000;

    public CoapSettings {
        transmission = Map.copyOf(transmission);
        requireNonNull(blockLifetime, "blockLifetime");
        if (maxBodyBytes < 0 || maxResponseBytes < 0) {
            throw new IllegalArgumentException("CoAP bounds must not be negative");
        }
        if (blockLifetime.isNegative() || blockLifetime.isZero()) {
            throw new IllegalArgumentException("a transfer must be able to last");
        }
    }

    /** How many bodies one listener may have under way in each direction, each as long as it may get. */
    int maxTransfers(long heapBytes) {
        long oneEachWay = Math.max(1, (long) maxBodyBytes + maxResponseBytes);
        long fit = heapBytes / TRANSFERS_HEAP_DIVISOR / Math.max(1, transmission.size()) / oneEachWay;
        return (int) Math.max(MIN_TRANSFERS, Math.min(MAX_TRANSFERS, fit));
    }
}
