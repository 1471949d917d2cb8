package io.coapgate.crypto.jose;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515 §2), one text for each byte string: padding and stray bits in the last character are
 * refused, so that a token cannot be written in two ways.
 */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
