package io.coapgate.gateway.payload;

import io.coapgate.gateway.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * A service's text in another charset than UTF-8, as the device gets it: content-format 0 is UTF-8 and nothing else (RFC
 * 7252 §12.3). Only {@code text/plain} is transcoded, for it says nothing of its charset within.
 */
final class PlainText {
    private static final String ESSENCE = "text/plain";

    private PlainText() {}

    /** The charset that such a text is to be read in; empty for every other type, for UTF-8, and for an unknown charset. */
    static Optional<Charset> charset(MediaType type) {
        if (!type.essence().equals(ESSENCE) || type.isUtf8()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(type.parameters().getOrDefault(MediaType.CHARSET, "")));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /**
     * @param maxBytes of the result
     * @throws PayloadException {@code upstream_response_invalid} if it is no text in that charset, or
     *     {@code upstream_response_too_large}
     */
    static byte[] toUtf8(byte[] text, Charset charset, int maxBytes) throws PayloadException {
        byte[] utf8;
        try {
            utf8 = charset.newDecoder()
                    .decode(ByteBuffer.wrap(text)) // reports what is malformed, where a String would replace it
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new PayloadException(Refusal.UPSTREAM_RESPONSE_INVALID, "a text that is not in its charset");
        }
        if (utf8.length > maxBytes) {
            throw new PayloadException(Refusal.UPSTREAM_RESPONSE_TOO_LARGE, "a text that is too long in UTF-8");
        }
        return utf8;
    }
}
