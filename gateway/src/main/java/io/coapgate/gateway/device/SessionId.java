package io.coapgate.gateway.device;

import java.util.HexFormat;

/** Names one DTLS session of a device for as long as the gateway keeps it; random, and never sent to anyone. */
public record SessionId(long high, long low) {
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
