package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.JwkSet;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What anyone may read: the public keys and the issuer's metadata.
 *
 * @param keys the keys as they are now; asked at every request
 * @param maxAge how long a verifier may keep them without asking again; a new key must be published this long before use
 */
public record PublicDocuments(Supplier<JwkSet> keys, Duration maxAge, IssuerMetadata issuer) {
    public static final String KEYS_PATH = "/.well-known/jwks.json";

    public PublicDocuments {
        requireNonNull(keys, "keys");
        requireNonNull(maxAge, "maxAge");
        requireNonNull(issuer, "issuer");
    }

    Map<String, Endpoint> endpoints() {
        String caching = "public, max-age=" + maxAge.toSeconds();
        Page metadata = Page.of("application/json", issuer.toJson()).cached(caching);
        return Map.of(KEYS_PATH, accept -> keys(caching), issuer.path(), accept -> metadata);
    }

    private Page keys(String caching) {
        JwkSet current = keys.get();
        return Page.of(JwkSet.MEDIA_TYPE, current.toJson())
                .tagged(current.entityTag())
                .cached(caching);
    }
}
