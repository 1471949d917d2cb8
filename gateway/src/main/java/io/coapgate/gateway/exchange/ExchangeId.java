package io.coapgate.gateway.exchange;

import java.util.HexFormat;

/**
 * Names one CoAP exchange in logs, in {@code traceparent}, and as {@code Idempotency-Key}. A retransmission belongs to
 * the same exchange.
 */
public record ExchangeId(long high, long low) {
    /** 16 lower-case hexadecimal digits: the parent-id of {@code traceparent}. */
    public String spanId() {
        return HexFormat.of().toHexDigits(low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
