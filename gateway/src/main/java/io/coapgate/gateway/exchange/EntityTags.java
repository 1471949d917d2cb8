package io.coapgate.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Between HTTP's entity-tags (RFC 9110 §8.8.3), which are text of any length and may be weak, and CoAP's, which are at most
 * 8 bytes.
 *
 * <p>A strong tag of up to 8 characters crosses as those characters, both ways and without memory. Any other becomes 8
 * bytes of its SHA-256, marked by a first bit that no character has, and is remembered for the way back. What has been
 * forgotten can still validate: the gateway asks without it, and compares. Thread-safe.
 */
final class EntityTags {
    private static final Pattern FORM = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e]*)\"");
    private static final int MAX_FIELD_LENGTH = 512;

    private final Cache<EntityTag, String> remembered;

    /** @param maxRemembered how many long tags are known on the way back */
    EntityTags(int maxRemembered) {
        this.remembered = Caffeine.newBuilder().maximumSize(maxRemembered).build();
    }

    /** @param field the value of an HTTP {@code ETag}; anything else than one gives nothing */
    Optional<EntityTag> toDevice(String field) {
        if (field.length() > MAX_FIELD_LENGTH || !FORM.matcher(field).matches()) {
            return Optional.empty();
        }
        int characters = field.length() - 2;
        if (field.charAt(0) == '"' && characters >= 1 && characters <= EntityTag.MAX_BYTES) {
            return Optional.of(
                    EntityTag.of(field.substring(1, field.length() - 1).getBytes(StandardCharsets.US_ASCII)));
        }
        EntityTag hash = EntityTag.ofContent(field.getBytes(StandardCharsets.US_ASCII));
        remembered.put(hash, field);
        return Optional.of(hash);
    }

    /** The HTTP entity-tag that this one stands for; empty if there is none, or none any more. */
    Optional<String> toHttp(EntityTag tag) {
        byte[] bytes = tag.bytes();
        if ((bytes[0] & EntityTag.HASHED) != 0) {
            return Optional.ofNullable(remembered.getIfPresent(tag));
        }
        for (byte b : bytes) {
            if (b <= ' ' || b == '"' || b == 0x7f) {
                return Optional.empty();
            }
        }
        return Optional.of('"' + new String(bytes, StandardCharsets.US_ASCII) + '"');
    }
}
