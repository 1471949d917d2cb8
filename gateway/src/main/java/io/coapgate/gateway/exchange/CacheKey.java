package io.coapgate.gateway.exchange;

import io.coapgate.crypto.key.Sha256;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.UpstreamName;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a response may depend on: requests with equal keys reach the upstream with the same method, target, body and
 * headers, but for those that are new each time ({@code Forwarded}, {@code traceparent}) and the conditions. RFC 7252 §5.6,
 * RFC 8132 §2: the payload of FETCH is part of the key.
 *
 * @param target the path with the query
 * @param payloadHash empty if there is no payload
 * @param viewer what the JWT says, its end aside; empty for what every device may see
 */
record CacheKey(
        Place place,
        String target,
        CoapMethod method,
        OptionalInt accept,
        OptionalInt contentFormat,
        String payloadHash,
        Optional<TokenRequest> viewer) {
    private static final int OVERHEAD_BYTES = 512;

    /** What an unsafe request may change: a resource, with all its queries, RFC 9111 §4.4. */
    record Place(UpstreamName upstream, RequestPath path) {}

    /** Whose share of the cache a response takes: a device's, or that of what devices share of one place. */
    record Owner(Optional<DeviceId> device, Optional<Place> place) {}

    static CacheKey of(DeviceRequest request, RequestTarget target, Route route, TokenRequest grant) {
        TokenRequest viewer = new TokenRequest(
                grant.device(),
                grant.tenant(),
                grant.audience(),
                grant.scopes(),
                Instant.MAX, // the same device with the same rights, however long it has them
                grant.claims(),
                grant.sessionKey());
        return new CacheKey(
                place(target, route),
                target.encoded(),
                request.method(),
                request.accept(),
                request.contentFormat(),
                hash(request.payload()),
                Optional.of(viewer));
    }

    static Place place(RequestTarget target, Route route) {
        return new Place(route.upstream(), target.path());
    }

    /** The same for every device. */
    CacheKey shared() {
        return new CacheKey(place, target, method, accept, contentFormat, payloadHash, Optional.empty());
    }

    Owner owner() {
        return viewer.isPresent()
                ? new Owner(viewer.map(TokenRequest::device), Optional.empty())
                : new Owner(Optional.empty(), Optional.of(place));
    }

    /** An estimate of what it fills. */
    int bytes() {
        return target.length() * 2 + OVERHEAD_BYTES;
    }

    private static String hash(byte[] payload) {
        return payload.length == 0 ? "" : HexFormat.of().formatHex(Sha256.digest(payload));
    }
}
