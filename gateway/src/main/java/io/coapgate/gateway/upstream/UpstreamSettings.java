package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach one upstream and how much to ask of it.
 *
 * @param url scheme http or https, host and port; no path, query, fragment or user info, because a route's path is sent
 *     as it was matched
 * @param maxConnections connections in the pool
 * @param maxQueued requests that may wait for a connection; one more is refused at once
 * @param connectTimeout for TCP and TLS together
 * @param maxResponseBytes a longer body is refused as soon as it is known to be longer
 */
public record UpstreamSettings(
        UpstreamName name, URI url, int maxConnections, int maxQueued, Duration connectTimeout, int maxResponseBytes) {
    public UpstreamSettings {
        requireNonNull(name, "name");
        requireNonNull(connectTimeout, "connectTimeout");
        boolean originOnly = url.getHost() != null
                && (url.getRawPath() == null
                        || url.getRawPath().isEmpty()
                        || url.getRawPath().equals("/"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
        if (!originOnly || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("an upstream's url is http(s)://host[:port], without a path");
        }
        if (maxConnections < 1 || maxQueued < 0 || maxResponseBytes < 0) {
            throw new IllegalArgumentException("an upstream's bounds must be positive");
        }
    }
}
