package io.coapgate.crypto.ace;

import java.time.Duration;

/** How long a token is valid from now on: a map of nothing but {@code expires_in} (RFC 9200 §5.8.2), for whoever has no clock. */
public final class RemainingLifetime {
    private RemainingLifetime() {}

    /** In whole seconds, cut; not negative. */
    public static byte[] encode(Duration remaining) {
        Duration cut = Duration.ofSeconds(Math.max(remaining.toSeconds(), 0));
        return new AceMap().put(AceParameter.EXPIRES_IN, cut).encode();
    }

    /** @throws AceFormatException if there is no {@code expires_in} in at most {@code maxBytes} */
    public static Duration decode(byte[] encoded, int maxBytes) throws AceFormatException {
        return AceMap.decode(encoded, maxBytes)
                .seconds(AceParameter.EXPIRES_IN)
                .orElseThrow(() -> new AceFormatException(
                        AceFormatException.Reason.MISSING_PARAMETER, "no expires_in in the response"));
    }
}
