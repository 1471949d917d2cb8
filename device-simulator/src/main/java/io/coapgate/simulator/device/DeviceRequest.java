package io.coapgate.simulator.device;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One request that a device is to send. Copies its payload on the way in and out.
 *
 * @param path absolute, its segments as they are, unescaped; with a query after a question mark if there is one
 * @param payload empty for none
 * @param confirmable whether it is sent as CON, and so again until it is acknowledged (RFC 7252 §4.2)
 */
public record DeviceRequest(
        Method method, String path, byte[] payload, OptionalInt contentFormat, boolean confirmable) {
    /** Content-format of plain text (RFC 7252 §12.3). */
    public static final int TEXT_PLAIN = 0;

    public static final int JSON = 50;
    /** Content-format application/cwt (RFC 8392 §9.4). */
    public static final int CWT = 61;

    /** Content-format application/ace+cbor (RFC 9200). */
    public static final int ACE = 19;

    public DeviceRequest {
        requireNonNull(method, "method");
        requireNonNull(contentFormat, "contentFormat");
        payload = payload.clone();
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
    }

    public static DeviceRequest get(String path) {
        return new DeviceRequest(Method.GET, path, new byte[0], OptionalInt.empty(), true);
    }

    public static DeviceRequest post(String path, byte[] payload, int contentFormat) {
        return new DeviceRequest(Method.POST, path, payload, OptionalInt.of(contentFormat), true);
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** Without the payload. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
