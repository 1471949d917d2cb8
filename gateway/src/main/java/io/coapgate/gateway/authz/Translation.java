package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.payload.PayloadCodec;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.upstream.HttpMethod;
import java.util.Optional;

/**
 * How a route's requests become HTTP, where there is a choice.
 *
 * @param fetchAs the HTTP method that FETCH (RFC 8132 §2) is sent as: POST, which every service knows, or QUERY, which says
 *     that nothing changes
 * @param payload how bodies cross
 * @param ranges GET asks the service for ranges, block by block: for bodies that are too long to hold
 * @param feed how changes are noticed for those who observe; empty if nobody may
 * @param caching which answers may be given again; none where there are ranges
 */
public record Translation(
        HttpMethod fetchAs, PayloadMapping payload, boolean ranges, Optional<Feed> feed, Caching caching) {
    /** How long the ranges are. Every size of a block divides it. */
    public static final int RANGE_BYTES = 32 * 1024;

    public Translation {
        requireNonNull(fetchAs, "fetchAs");
        requireNonNull(payload, "payload");
        requireNonNull(feed, "feed");
        requireNonNull(caching, "caching");
        if (fetchAs != HttpMethod.POST && fetchAs != HttpMethod.QUERY) {
            throw new IllegalArgumentException("FETCH is sent as POST or QUERY");
        }
        if (ranges && payload.codec() != PayloadCodec.PASS_THROUGH) {
            throw new IllegalArgumentException("a part of a body can't be converted");
        }
        if (ranges && caching != Caching.NONE) {
            throw new IllegalArgumentException("what comes in ranges is not kept");
        }
    }
}
