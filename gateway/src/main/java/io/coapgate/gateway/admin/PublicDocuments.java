package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.key.Thumbprint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What anyone may read, the public keys and the issuer's metadata, and where clients get tokens.
 *
 * @param keys the keys as they are now; asked at every request
 * @param cwtKeys the same of an authorization server, for those who verify its CWTs; empty if the gateway is none
 * @param maxAge how long a verifier may keep them without asking again; a new key must be published this long before use
 * @param oauth empty if clients get no tokens over HTTP
 */
public record PublicDocuments(
        Supplier<JwkSet> keys,
        Optional<Supplier<CoseKeySet>> cwtKeys,
        Duration maxAge,
        IssuerMetadata issuer,
        Optional<OAuthService> oauth) {
    /** A COSE_KeySet, RFC 9052 §7. */
    public static final String CWT_KEYS_PATH = "/.well-known/cose-keys";

    public static final String KEYS_PATH = "/.well-known/jwks.json";

    /** How long a service may use the key set without asking again. */
    public static final Duration KEYS_MAX_AGE = Duration.ofMinutes(5);

    private static final int OK = 200;

    public PublicDocuments {
        requireNonNull(keys, "keys");
        requireNonNull(cwtKeys, "cwtKeys");
        requireNonNull(maxAge, "maxAge");
        requireNonNull(issuer, "issuer");
        requireNonNull(oauth, "oauth");
    }

    /** Without a token endpoint. */
    public PublicDocuments(
            Supplier<JwkSet> keys, Optional<Supplier<CoseKeySet>> cwtKeys, Duration maxAge, IssuerMetadata issuer) {
        this(keys, cwtKeys, maxAge, issuer, Optional.empty());
    }

    Map<String, PostEndpoint> posts() {
        return oauth.map(OAuthService::endpoints).orElse(Map.of());
    }

    Map<String, Endpoint> endpoints() {
        String caching = "public, max-age=" + maxAge.toSeconds();
        Page metadata = Page.of("application/json", issuer.toJson()).cached(caching);
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.put(KEYS_PATH, accept -> keys(caching));
        endpoints.put(issuer.path(), accept -> metadata);
        cwtKeys.ifPresent(keys -> endpoints.put(CWT_KEYS_PATH, accept -> cwtKeys(keys.get(), caching)));
        return endpoints;
    }

    private static Page cwtKeys(CoseKeySet keys, String caching) {
        byte[] encoded = keys.encode();
        return Page.of(OK, CoseKeySet.MEDIA_TYPE, encoded)
                .tagged('"' + Thumbprint.ofContent(encoded).base64Url() + '"')
                .cached(caching);
    }

    private Page keys(String caching) {
        JwkSet current = keys.get();
        return Page.of(JwkSet.MEDIA_TYPE, current.toJson())
                .tagged(current.entityTag())
                .cached(caching);
    }
}
