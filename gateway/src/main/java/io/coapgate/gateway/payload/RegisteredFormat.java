package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

/**
 * One row of the CoAP Content-Formats registry (RFC 7252 §12.3).
 *
 * @param id 0 to 65535
 * @param mediaType with its parameters, as HTTP's {@code Content-Type} and {@code Accept} write it
 * @param contentCoding as HTTP's {@code Content-Encoding} and {@code Accept-Encoding} write it; {@link #IDENTITY} if none
 */
public record RegisteredFormat(int id, String mediaType, String contentCoding) {
    /** The content coding that changes nothing (RFC 9110 §12.5.3); it never stands in a {@code Content-Encoding}. */
    public static final String IDENTITY = "identity";

    private static final int MAX_ID = 0xffff;

    public RegisteredFormat {
        requireNonNull(mediaType, "mediaType");
        requireNonNull(contentCoding, "contentCoding");
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("not a content-format: " + id);
        }
    }

    /** Whether the payload is to be decoded before it is of the media type. */
    public boolean isEncoded() {
        return !contentCoding.equals(IDENTITY);
    }
}
