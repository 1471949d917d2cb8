package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;

/**
 * How to reach one upstream and how much to ask of it.
 *
 * @param targets where the same service runs, one at least, all http or all https, none twice; each is scheme, host and
 *     port without path, query, fragment or user info, because a route's path is sent as it was matched
 * @param tls counts for https
 */
public record UpstreamSettings(
        UpstreamName name, List<URI> targets, ConnectionSettings connections, TlsSource tls, FailureSettings failures) {
    public UpstreamSettings {
        requireNonNull(name, "name");
        requireNonNull(connections, "connections");
        requireNonNull(tls, "tls");
        requireNonNull(failures, "failures");
        targets = List.copyOf(targets);
        if (!targets.stream().allMatch(UpstreamSettings::isOrigin)) {
            throw new IllegalArgumentException("an upstream's url is http(s)://host[:port], without a path");
        }
        if (targets.isEmpty() || !areDistinct(targets)) {
            throw new IllegalArgumentException("an upstream has one target at least, and none twice");
        }
        if (targets.stream().map(URI::getScheme).distinct().count() != 1) {
            throw new IllegalArgumentException("an upstream's targets are all http or all https");
        }
    }

    /** Whether these URLs name a place each: a port that goes without saying is said all the same. */
    public static boolean areDistinct(List<URI> origins) {
        return origins.stream().map(Origin::of).distinct().count() == origins.size();
    }

    /** Whether this is {@code http(s)://host[:port]} and no more. */
    public static boolean isOrigin(URI url) {
        boolean originOnly = url.getHost() != null
                && (url.getRawPath() == null
                        || url.getRawPath().isEmpty()
                        || url.getRawPath().equals("/"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
        return originOnly && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }
}
