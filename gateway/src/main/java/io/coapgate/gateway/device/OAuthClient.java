package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;

/**
 * What an OAuth server knows a client by, RFC 6749 §2.3.1.
 *
 * @param id 1 to 255 printable ASCII characters
 * @param secret printable ASCII characters
 */
public record OAuthClient(String id, SecretBytes secret) {
    public OAuthClient {
        requireNonNull(secret, "secret");
        if (id.isEmpty() || id.length() > 255 || !id.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a client id is 1 to 255 printable ASCII characters");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[" + id + "]";
    }
}
