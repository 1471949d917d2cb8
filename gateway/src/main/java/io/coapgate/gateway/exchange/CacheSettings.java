package io.coapgate.gateway.exchange;

/**
 * How much the responses that are kept for use again may fill.
 *
 * @param maxBytes all of them together
 * @param maxBytesPerDevice those of one device; as much is allowed for what devices share of one path
 */
public record CacheSettings(int maxBytes, int maxBytesPerDevice) {
    public CacheSettings {
        if (maxBytesPerDevice < 0 || maxBytes < maxBytesPerDevice) {
            throw new IllegalArgumentException("a device's share is at most the whole cache");
        }
    }
}
