package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * A port for the upload of tokens before the handshake, over plain CoAP.
 *
 * @param listener whose devices it is for
 * @param uploadsPerSecond over all sources
 * @param uploadsPerMinuteAndSource from one address (IPv6: /64)
 */
public record UploadPortSettings(
        String listener, InetSocketAddress address, int uploadsPerSecond, int uploadsPerMinuteAndSource) {
    public UploadPortSettings {
        requireNonNull(listener, "listener");
        requireNonNull(address, "address");
        if (uploadsPerSecond < 1 || uploadsPerMinuteAndSource < 1) {
            throw new IllegalArgumentException("a port that takes no uploads is none");
        }
    }
}
