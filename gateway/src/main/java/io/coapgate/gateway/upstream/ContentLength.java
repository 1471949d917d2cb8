package io.coapgate.gateway.upstream;

/** The value of a {@code Content-Length} that the codec has let pass. */
final class ContentLength {
    private ContentLength() {}

    static boolean exceeds(String value, int maxBytes) {
        try {
            return Long.parseLong(value.strip()) > maxBytes;
        } catch (NumberFormatException e) {
            return true; // more digits than a long has: the codec has refused everything else
        }
    }
}
