package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much to ask of each target of an upstream.
 *
 * @param maxConnections connections in a target's pool
 * @param maxQueued requests that may wait for a connection to a target; one more is refused at once
 * @param connectTimeout for TCP and TLS together
 * @param maxResponseBytes a longer body is refused as soon as it is known to be longer
 */
public record ConnectionSettings(int maxConnections, int maxQueued, Duration connectTimeout, int maxResponseBytes) {
    public ConnectionSettings {
        requireNonNull(connectTimeout, "connectTimeout");
        if (maxConnections < 1 || maxQueued < 0 || maxResponseBytes < 0) {
            throw new IllegalArgumentException("an upstream's bounds must be positive");
        }
    }
}
