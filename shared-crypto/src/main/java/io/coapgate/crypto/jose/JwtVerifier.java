package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Verifies JWT access tokens as RFC 9068 §4 tells a resource server to, and refuses whatever is not mentioned there.
 *
 * <p>The key decides the algorithm, never the token. No key, URL or certificate that a token's header carries is looked at.
 * Safe for use by many threads if the supplier of keys is.
 */
public final class JwtVerifier {
    /** Characters of the longest token that is looked at. */
    public static final int MAX_TOKEN_LENGTH = 16 * 1024;

    static final Set<String> ACCESS_TOKEN_TYPES = Set.of("at+jwt", "application/at+jwt");

    private final Supplier<JwkSet> keys;
    private final JwtPolicy policy;
    private final Clock clock;

    /**
     * A verifier for one issuer and audience.
     *
     * @param keys the issuer's current keys, asked for once per token; must not block
     */
    public JwtVerifier(Supplier<JwkSet> keys, JwtPolicy policy, Clock clock) {
        this.keys = requireNonNull(keys, "keys");
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Verifies a token in compact serialization.
     *
     * @throws InvalidJwtException with the first reason found; the signature is checked before any claim
     */
    public VerifiedJwt verify(String token) throws InvalidJwtException {
        requireNonNull(token, "token");
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw new InvalidJwtException(Reason.TOO_LARGE);
        }
        CompactJws jws = CompactJws.parse(token);
        PublicJwk key = keyFor(jws.header());
        if (!key.algorithm().verify(key.key(), jws.signingInput(), jws.signature())) {
            throw new InvalidJwtException(Reason.BAD_SIGNATURE);
        }
        JwtClaims claims = JwtClaims.of(jws.claims());
        checkParties(claims);
        checkTimes(claims, clock.instant());
        return new VerifiedJwt(key.keyId(), claims);
    }

    private PublicJwk keyFor(Map<String, Object> header) throws InvalidJwtException {
        if (header.containsKey("crit")) {
            throw new InvalidJwtException(Reason.CRITICAL_EXTENSION);
        }
        JwtAlgorithm algorithm = Json.string(header, "alg")
                .flatMap(JwtAlgorithm::ofJwsName)
                .orElseThrow(() -> new InvalidJwtException(Reason.UNSUPPORTED_ALGORITHM));
        Optional<String> type = Json.string(header, "typ").map(text -> text.toLowerCase(Locale.ROOT));
        if (type.isEmpty() || !ACCESS_TOKEN_TYPES.contains(type.get())) {
            throw new InvalidJwtException(Reason.WRONG_TYPE);
        }
        PublicJwk key = Json.string(header, "kid")
                .flatMap(keys.get()::find)
                .orElseThrow(() -> new InvalidJwtException(Reason.UNKNOWN_KEY));
        if (key.algorithm() != algorithm) {
            throw new InvalidJwtException(Reason.ALGORITHM_MISMATCH);
        }
        return key;
    }

    private void checkParties(JwtClaims claims) throws InvalidJwtException {
        if (!claims.issuer().equals(policy.issuer())) {
            throw new InvalidJwtException(Reason.WRONG_ISSUER);
        }
        if (!claims.audience().contains(policy.audience())) {
            throw new InvalidJwtException(Reason.WRONG_AUDIENCE);
        }
    }

    private void checkTimes(JwtClaims claims, Instant now) throws InvalidJwtException {
        // exp == now − leeway: expired (RFC 7519 §4.1.4: now must be before exp).
        if (!claims.expiresAt().isAfter(now.minus(policy.leeway()))) {
            throw new InvalidJwtException(Reason.EXPIRED);
        }
        // nbf == now + leeway: valid (RFC 7519 §4.1.5: now must be after or equal to nbf).
        Instant latestStart = now.plus(policy.leeway());
        boolean early = claims.notBefore().filter(latestStart::isBefore).isPresent();
        if (early || claims.issuedAt().isAfter(latestStart)) {
            throw new InvalidJwtException(Reason.NOT_YET_VALID);
        }
    }
}
