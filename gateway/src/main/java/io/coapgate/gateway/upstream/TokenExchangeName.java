package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name that routes and metrics know a token exchange by.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 -}, and not {@link #LOCAL}
 */
public record TokenExchangeName(String value) {
    /** What the gateway's own signer is called in the configuration. */
    public static final String LOCAL = "local";

    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9-]{1,64}");

    public TokenExchangeName {
        requireNonNull(value, "value");
        if (!SYNTAX.matcher(value).matches() || value.equals(LOCAL)) {
            throw new IllegalArgumentException("a token exchange's name is 1 to 64 of a-z 0-9 -, and not local");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
