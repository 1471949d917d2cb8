package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

/**
 * One scope token of RFC 6749 §3.3.
 *
 * @param token printable ASCII without space, {@code "} and {@code \}, 1 to 128 characters
 */
public record Scope(String token) implements Comparable<Scope> {
    private static final int MAX_LENGTH = 128;

    public Scope {
        requireNonNull(token, "token");
        if (token.isEmpty() || token.length() > MAX_LENGTH || !token.chars().allMatch(Scope::isScopeCharacter)) {
            throw new IllegalArgumentException(
                    "a scope is 1 to 128 printable ASCII characters without space, \" and \\");
        }
    }

    private static boolean isScopeCharacter(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    @Override
    public int compareTo(Scope other) {
        return token.compareTo(other.token);
    }

    @Override
    public String toString() {
        return token;
    }
}
