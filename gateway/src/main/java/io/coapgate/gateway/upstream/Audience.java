package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

/**
 * Whom a JWT is for: the {@code aud} claim, RFC 7519 §4.1.3.
 *
 * @param value 1 to 255 printable ASCII characters without space
 */
public record Audience(String value) {
    public Audience {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > 255 || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("an audience is 1 to 255 printable ASCII characters without space");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
