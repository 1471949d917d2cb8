package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ResponseOptions;
import java.util.Set;

/** What the answer to a poll means for those who observe. */
enum PollOutcome {
    /** Nothing has changed, or this is the new state. */
    STATE,
    /**
     * An outage, which may pass. The observation stands as long as the device takes what it has for fresh: nothing that it
     * was told is wrong until then, and a thousand devices that all register anew because an upstream was restarted are
     * worse than a state that is a little late.
     */
    OUTAGE,
    /** The end, RFC 7641 §4.2. */
    FAILURE;

    private static final byte[] NOTHING = {};
    private static final Set<CoapCode> PASSING = Set.of(
            CoapCode.TOO_MANY_REQUESTS, CoapCode.BAD_GATEWAY, CoapCode.SERVICE_UNAVAILABLE, CoapCode.GATEWAY_TIMEOUT);

    /** What those are told who have waited too long: nothing of an answer that another device may have got. */
    static DeviceResponse farewell(DeviceResponse outage) {
        return DeviceResponse.of(outage.code(), ResponseOptions.NONE.withMaxAge(outage.maxAge()), NOTHING);
    }

    static PollOutcome of(DeviceResponse response) {
        if (response.code() == CoapCode.CONTENT || response.code() == CoapCode.VALID) {
            return STATE;
        }
        return PASSING.contains(response.code()) ? OUTAGE : FAILURE;
    }
}
