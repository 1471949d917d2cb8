package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name that routes and metrics know an upstream by.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 -}
 */
public record UpstreamName(String value) {
    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9-]{1,64}");

    public UpstreamName {
        requireNonNull(value, "value");
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("an upstream's name is 1 to 64 of a-z 0-9 -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
