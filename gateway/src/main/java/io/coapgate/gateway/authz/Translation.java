package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.HttpMethod;

/**
 * How a route's requests become HTTP, where there is a choice.
 *
 * @param fetchAs the HTTP method that FETCH (RFC 8132 §2) is sent as: POST, which every service knows, or QUERY, which says
 *     that nothing changes
 * @param ranges GET asks the service for ranges, block by block: for bodies that are too long to hold
 */
public record Translation(HttpMethod fetchAs, boolean ranges) {
    /** How long the ranges are. Every size of a block divides it. */
    public static final int RANGE_BYTES = 32 * 1024;

    /** What a route does that says nothing of it. */
    public static final Translation DEFAULT = new Translation(HttpMethod.POST, false);

    public Translation {
        requireNonNull(fetchAs, "fetchAs");
        if (fetchAs != HttpMethod.POST && fetchAs != HttpMethod.QUERY) {
            throw new IllegalArgumentException("FETCH is sent as POST or QUERY");
        }
    }
}
