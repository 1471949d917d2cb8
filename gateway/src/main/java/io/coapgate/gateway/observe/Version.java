package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        return new Version(response.options().etag(), hash(response.payload()));
    }

    /** By their entity-tags if both have one, and by the payload if not. */
    boolean isSameAs(Version other) {
        boolean tagged = etag.isPresent() && other.etag.isPresent();
        return tagged ? etag.equals(other.etag) : hash.equals(other.hash);
    }

    private static String hash(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
