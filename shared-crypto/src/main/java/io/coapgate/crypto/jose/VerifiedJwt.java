package io.coapgate.crypto.jose;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An access token that was accepted: proof that its signature, type, issuer, audience and times were right when it was
 * verified. Only {@link JwtVerifier} makes one. Immutable.
 */
public final class VerifiedJwt {
    private final String keyId;
    private final JwtClaims claims;

    VerifiedJwt(String keyId, JwtClaims claims) {
        this.keyId = keyId;
        this.claims = claims;
    }

    /** The id of the key that signed it. */
    public String keyId() {
        return keyId;
    }

    /** {@code iss}. */
    public String issuer() {
        return claims.issuer();
    }

    /** {@code sub}: whom the token is about. */
    public String subject() {
        return claims.subject();
    }

    /** {@code aud}, one value or more. */
    public List<String> audience() {
        return claims.audience();
    }

    /** {@code client_id}: who asked for the token. */
    public String clientId() {
        return claims.clientId();
    }

    /** {@code jti}: the token's own id. */
    public String tokenId() {
        return claims.tokenId();
    }

    /** {@code exp}. */
    public Instant expiresAt() {
        return claims.expiresAt();
    }

    /** {@code iat}. */
    public Instant issuedAt() {
        return claims.issuedAt();
    }

    /** The values of {@code scope} (RFC 8693 §4.2), in their order; empty if it grants none. */
    public Set<String> scope() {
        List<String> values = Json.string(claims.all(), "scope").stream()
                .flatMap(scope -> Arrays.stream(scope.split(" ")))
                .filter(value -> !value.isEmpty())
                .toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    /** The string claim of that name, if there is one. */
    public Optional<String> text(String name) {
        return Json.string(claims.all(), name);
    }

    /** All claims as strings, numbers, booleans, and unmodifiable maps and lists of these. */
    public Map<String, Object> claims() {
        return claims.all();
    }

    @Override
    public String toString() {
        return "VerifiedJwt[sub=" + subject() + ", jti=" + tokenId() + "]";
    }
}
