package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.BodyStream;
import java.time.Instant;

/**
 * A stream of events that an upstream has been asked for.
 *
 * @param body what is read
 * @param expiresAt when the JWT ends that it was asked for with
 */
public record EventStream(BodyStream body, Instant expiresAt) {
    public EventStream {
        requireNonNull(body, "body");
        requireNonNull(expiresAt, "expiresAt");
    }
}
