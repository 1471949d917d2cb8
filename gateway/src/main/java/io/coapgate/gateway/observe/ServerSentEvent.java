package io.coapgate.gateway.observe;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * One event of a stream.
 *
 * @param type {@code message} if the stream says nothing else
 * @param data its lines, joined by line feeds
 */
record ServerSentEvent(String type, String data) {
    ServerSentEvent {
        requireNonNull(type, "type");
        requireNonNull(data, "data");
    }

    /** The data in UTF-8. */
    byte[] bytes() {
        return data.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ServerSentEvent[" + type + ", " + data.length() + " characters]";
    }
}
