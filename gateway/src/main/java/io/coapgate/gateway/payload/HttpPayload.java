package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

/**
 * A body and what HTTP's fields say of it.
 *
 * @param contentType of the {@code Content-Type}; empty if there is none
 * @param contentCoding of the {@code Content-Encoding}; {@link RegisteredFormat#IDENTITY} if there is none
 * @param body not copied: nobody changes it
 */
public record HttpPayload(String contentType, String contentCoding, byte[] body) {
    public HttpPayload {
        requireNonNull(contentType, "contentType");
        requireNonNull(contentCoding, "contentCoding");
        requireNonNull(body, "body");
    }

    /** A body without content coding. */
    public HttpPayload(String contentType, byte[] body) {
        this(contentType, RegisteredFormat.IDENTITY, body);
    }

    @Override
    public String toString() {
        return "HttpPayload[" + contentType + ", " + contentCoding + ", " + body.length + " bytes]";
    }
}
