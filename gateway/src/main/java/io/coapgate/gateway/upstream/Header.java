package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

/**
 * One HTTP header field that the gateway itself composed.
 *
 * @param name an RFC 9110 token in lower case
 * @param value without control characters: a value that could end the line is a programmer's error
 */
public record Header(String name, String value) {
    public Header {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        if (name.isEmpty() || !name.chars().allMatch(Header::isTokenCharacter)) {
            throw new IllegalArgumentException("not a header name");
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not a header value: " + name);
        }
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
