package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much to ask of each target of an upstream.
 *
 * @param maxConnections connections in a target's pool
 * @param maxStreams with HTTP/2, requests at once over one connection; a server may allow fewer, others then wait
 * @param maxQueued requests that may wait for a connection to a target; one more is refused at once
 * @param connectTimeout for TCP and TLS together
 * @param maxResponseBytes a longer body is refused as soon as it is known to be longer
 */
public record ConnectionSettings(
        HttpVersion version,
        int maxConnections,
        int maxStreams,
        int maxQueued,
        Duration connectTimeout,
        int maxResponseBytes) {
    /** The most connections to one target, and the most streams of one connection, with HTTP/2. */
    public static final int MAX_MULTIPLEXED = 10_000;

    public ConnectionSettings {
        requireNonNull(version, "version");
        requireNonNull(connectTimeout, "connectTimeout");
        if (version == HttpVersion.HTTP_2 && Math.max(maxConnections, maxStreams) > MAX_MULTIPLEXED) {
            throw new IllegalArgumentException(
                    "with HTTP/2, connections and streams are " + MAX_MULTIPLEXED + " at most");
        }
        if (maxConnections < 1 || maxStreams < 1 || maxQueued < 0 || maxResponseBytes < 0) {
            throw new IllegalArgumentException("an upstream's bounds must be positive");
        }
    }

    /** Requests that one connection carries at once. */
    int requestsPerConnection() {
        return version == HttpVersion.HTTP_2 ? maxStreams : 1;
    }
}
