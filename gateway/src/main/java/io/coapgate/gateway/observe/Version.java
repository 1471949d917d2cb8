package io.coapgate.gateway.observe;

import io.coapgate.crypto.key.Sha256;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EntityTag;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which representation it is.
 *
 * @param etag with which it can be validated; empty if the upstream gives none
 * @param hash SHA-256 of the payload in hexadecimal digits, to tell others without an entity-tag apart
 */
record Version(Optional<EntityTag> etag, String hash) {
    static Version of(DeviceResponse response) {
        String hash = HexFormat.of().formatHex(Sha256.digest(response.payload()));
        return new Version(response.options().etag(), hash);
    }

    /** By their entity-tags if both have one, and by the payload if not. */
    boolean isSameAs(Version other) {
        boolean tagged = etag.isPresent() && other.etag.isPresent();
        return tagged ? etag.equals(other.etag) : hash.equals(other.hash);
    }
}
