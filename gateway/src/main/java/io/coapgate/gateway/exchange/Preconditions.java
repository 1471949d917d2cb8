package io.coapgate.gateway.exchange;

import java.util.List;

/**
 * The conditions of a request, RFC 7252 §5.10.6.2 and §5.10.8.
 *
 * @param etags the representations that the device has: if one is still good, it wants no other
 * @param ifMatch the representations of which one must be the current one
 * @param ifExists an empty If-Match: the resource must exist
 * @param ifNoneMatch the resource must not exist
 */
public record Preconditions(List<EntityTag> etags, List<EntityTag> ifMatch, boolean ifExists, boolean ifNoneMatch) {
    public static final Preconditions NONE = new Preconditions(List.of(), List.of(), false, false);

    /** The most ETags that are looked at; a device has no reason to keep more. */
    public static final int MAX_ENTITY_TAGS = 8;

    public Preconditions {
        etags = List.copyOf(etags);
        ifMatch = List.copyOf(ifMatch);
        if (etags.size() > MAX_ENTITY_TAGS || ifMatch.size() > MAX_ENTITY_TAGS) {
            throw new IllegalArgumentException("more than " + MAX_ENTITY_TAGS + " entity-tags");
        }
    }

    /** Whether the request may come to nothing because of them; ETag only asks for a shorter answer. */
    public boolean canFail() {
        return ifExists || ifNoneMatch || !ifMatch.isEmpty();
    }
}
