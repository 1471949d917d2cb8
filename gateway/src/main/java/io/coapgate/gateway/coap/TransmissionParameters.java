package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How messages are sent over the links of one listener (RFC 7252 §4.8). Devices on slow links want longer timeouts, and
 * must be told the same ones.
 *
 * @param ackTimeout ACK_TIMEOUT: how long an acknowledgement may take, at first and before it is dithered by
 *     {@link #ACK_RANDOM_FACTOR}; 1 s at least, for less would not leave room for congestion control (§4.8.1)
 * @param maxRetransmit MAX_RETRANSMIT: how often a confirmable message is sent again
 * @param nstart NSTART: how many confirmable messages one device may have unacknowledged (§4.7)
 * @param exchangeLifetime EXCHANGE_LIFETIME: how long a message is remembered, to recognise it when it comes again
 * @param piggybackWindow how long an answer may take and still ride on the acknowledgement (§5.2.1); an answer that takes
 *     longer comes as a separate response. Shorter than the device's ACK_TIMEOUT, or it would retransmit
 * @param maxBlockBytes the longest payload that is sent in one message: a longer one is sent in blocks of this size, a
 *     power of two from 16 to 1024 (RFC 7959 §2.2)
 */
public record TransmissionParameters(
        Duration ackTimeout,
        int maxRetransmit,
        int nstart,
        Duration exchangeLifetime,
        Duration piggybackWindow,
        int maxBlockBytes) {
    /** ACK_RANDOM_FACTOR. */
    public static final double ACK_RANDOM_FACTOR = 1.5;

    private static final Duration MAX_LATENCY = Duration.ofSeconds(100);
    private static final Duration MIN_ACK_TIMEOUT = Duration.ofSeconds(1);
    private static final int MIN_BLOCK_BYTES = 16;
    private static final int MAX_BLOCK_BYTES = 1024;

    public TransmissionParameters {
        requireNonNull(exchangeLifetime, "exchangeLifetime");
        if (ackTimeout.compareTo(MIN_ACK_TIMEOUT) < 0 || maxRetransmit < 1 || nstart < 1) {
            throw new IllegalArgumentException("too little time, or too few messages, for anything to arrive");
        }
        if (exchangeLifetime.compareTo(maxTransmitSpan(ackTimeout, maxRetransmit)) < 0) {
            throw new IllegalArgumentException("a message must be remembered for as long as it may be sent again");
        }
        if (piggybackWindow.isNegative() || piggybackWindow.compareTo(ackTimeout) >= 0) {
            throw new IllegalArgumentException("the piggyback window must end before the device retransmits");
        }
        if (Integer.bitCount(maxBlockBytes) != 1
                || maxBlockBytes < MIN_BLOCK_BYTES
                || maxBlockBytes > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("there are no blocks of " + maxBlockBytes + " bytes");
        }
    }

    /** MAX_TRANSMIT_SPAN: from the first to the last time that a message is sent (§4.8.2). */
    public static Duration maxTransmitSpan(Duration ackTimeout, int maxRetransmit) {
        return dithered(ackTimeout, (1L << maxRetransmit) - 1);
    }

    /** EXCHANGE_LIFETIME as it follows from the other parameters (§4.8.2): 247 s from the defaults. */
    public static Duration derivedExchangeLifetime(Duration ackTimeout, int maxRetransmit) {
        return maxTransmitSpan(ackTimeout, maxRetransmit)
                .plus(MAX_LATENCY.multipliedBy(2))
                .plus(ackTimeout); // PROCESSING_DELAY
    }

    /** MAX_TRANSMIT_WAIT: from the first time that a message is sent until nobody waits for its acknowledgement. */
    Duration maxTransmitWait() {
        return dithered(ackTimeout, (1L << (maxRetransmit + 1)) - 1);
    }

    /** The longest time between two retransmissions. */
    Duration maxAckTimeout() {
        return dithered(ackTimeout, 1L << maxRetransmit);
    }

    private static Duration dithered(Duration ackTimeout, long factor) {
        return Duration.ofMillis((long) (ackTimeout.toMillis() * factor * ACK_RANDOM_FACTOR));
    }
}
