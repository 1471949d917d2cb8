package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How CoAP is spoken.
 *
 * @param piggybackWindow how long an answer may take and still ride on the acknowledgement (RFC 7252 §5.2.1); an answer
 *     that takes longer comes as a separate response. Must be shorter than the device's ACK_TIMEOUT, 2 s by default
 * @param maxBodyBytes the longest body that is reassembled from blocks
 */
public record CoapSettings(Duration piggybackWindow, int maxBodyBytes) {
    public CoapSettings {
        requireNonNull(piggybackWindow, "piggybackWindow");
        if (piggybackWindow.isNegative() || maxBodyBytes < 0) {
            throw new IllegalArgumentException("CoAP bounds must not be negative");
        }
    }
}
