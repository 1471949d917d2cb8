package io.coapgate.gateway.exchange;

/**
 * How much may be under way at once.
 *
 * @param maxInFlight requests of all devices; one more is answered 5.03
 * @param maxInFlightPerDevice requests of one device; one more is answered 4.29
 */
public record LimitSettings(int maxInFlight, int maxInFlightPerDevice) {
    public LimitSettings {
        if (maxInFlight < 1 || maxInFlightPerDevice < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
