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
        if (!isToken(name)) {
            throw new IllegalArgumentException("not a header name");
        }
        if (!isPrintable(value)) {
            throw new IllegalArgumentException("not a header value: " + name);
        }
    }

    // Loops, not streams: this is done for every header of every request.

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
