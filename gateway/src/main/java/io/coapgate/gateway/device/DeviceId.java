package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The registry's name for a device; becomes the JWT's {@code sub}.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ : @ -}, none of which needs escaping in a URI, a log line
 *     or a header
 */
public record DeviceId(String value) {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

    public DeviceId {
        requireNonNull(value, "value");
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("a device id is 1 to 64 of A-Z a-z 0-9 . _ : @ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
