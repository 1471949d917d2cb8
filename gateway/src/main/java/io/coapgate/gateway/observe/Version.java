package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which representation it is: by its entity-tag, or by a hash where the upstream gives none.
 *
 * @param etag with which it can be validated
 * @param hash SHA-256 of the payload in hexadecimal digits; the empty text if there is an entity-tag
 */
record Version(Optional<EntityTag> etag, String hash) {
    static Version of(DeviceResponse response) {
        Optional<EntityTag> etag = response.options().etag();
        return new Version(etag, etag.isPresent() ? "" : hash(response.payload()));
    }

    private static String hash(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
