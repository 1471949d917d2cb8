package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A payload and its Content-Format.
 *
 * @param contentFormat empty if the option is to be left out
 * @param payload not copied: nobody changes it
 */
public record DevicePayload(OptionalInt contentFormat, byte[] payload) {
    /** No payload. */
    public static final DevicePayload NONE = new DevicePayload(OptionalInt.empty(), new byte[0]);

    public DevicePayload {
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(payload, "payload");
    }

    @Override
    public String toString() {
        return "DevicePayload[" + contentFormat + ", " + payload.length + " bytes]";
    }
}
