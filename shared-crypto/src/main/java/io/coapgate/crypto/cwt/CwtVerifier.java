package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_ISSUER;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_KEY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.KeyId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifies CWTs (RFC 8392 §7.2): structure, then issuer, key and algorithm, then signature or MAC, then times, then
 * audience. Stateless and safe for use by several threads.
 *
 * <p>Before the signature only {@code iss} and {@code kid} are looked at, to find the key. The key's record fixes the
 * algorithm. A token carries tag 18 or 17 for its COSE structure, with or without tag 61 in front; without any it is
 * refused.
 */
public final class CwtVerifier {

    /** Trying more keys than this for one token would let a peer cause work at will. */
    private static final int MAX_CANDIDATES = 8;

    private final CwtPolicy policy;
    private final Clock clock;

    public CwtVerifier(CwtPolicy policy, Clock clock) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Verifies one token.
     *
     * @throws InvalidCwtException with the first reason to refuse it
     */
    public VerifiedCwt verify(byte[] token, IssuerKeys keys) throws InvalidCwtException {
        ParsedCwt parsed = ParsedCwt.parse(token.clone(), policy.maxBytes());
        Instant now = clock.instant();
        String issuer = parsed.claims()
                .issuer()
                .orElseThrow(() -> new InvalidCwtException(MISSING_CLAIM, "a token that does not name its issuer"));
        verifySignature(parsed.message(), candidates(parsed.message(), keys.keysOf(issuer), now));
        Instant expiresAt = requireTimely(parsed.claims(), now);
        requireAudience(parsed.claims());
        return new VerifiedCwt(parsed, issuer, expiresAt);
    }

    private static List<VerificationKey> candidates(CoseMessage message, List<VerificationKey> keys, Instant now)
            throws InvalidCwtException {
        if (keys.isEmpty()) {
            throw new InvalidCwtException(UNKNOWN_ISSUER, "no keys are known for the token's issuer");
        }
        Optional<KeyId> kid = message.headers().keyId();
        List<VerificationKey> named = keys.stream()
                .filter(key -> key.isValidAt(now) && isMeant(key, kid))
                .toList();
        if (named.isEmpty()) {
            throw new InvalidCwtException(UNKNOWN_KEY, "the issuer has no such key that is valid now");
        }
        CoseAlgorithm algorithm = message.headers().algorithm();
        List<VerificationKey> fitting =
                named.stream().filter(key -> key.algorithm() == algorithm).toList();
        if (fitting.isEmpty()) {
            throw new InvalidCwtException(ALGORITHM_MISMATCH, "the token names another algorithm than its key has");
        }
        return fitting.subList(0, Math.min(fitting.size(), MAX_CANDIDATES));
    }

    /** A token and a key that both have an identifier must agree on it; it is a hint if one of them has none. */
    private static boolean isMeant(VerificationKey key, Optional<KeyId> kid) {
        return kid.isEmpty() || key.keyId().isEmpty() || key.keyId().equals(kid);
    }

    private static void verifySignature(CoseMessage message, List<VerificationKey> candidates)
            throws InvalidCwtException {
        CoseException refusal = null;
        for (VerificationKey key : candidates) {
            try {
                message.verify(key, CoseMessage.NO_AAD);
                return;
            } catch (CoseException e) {
                refusal = e;
            }
        }
        throw CoseRefusals.translate(Objects.requireNonNull(refusal));
    }

    private Instant requireTimely(CwtClaims claims, Instant now) throws InvalidCwtException {
        Instant earliest = now.minus(policy.leeway());
        Instant latest = now.plus(policy.leeway());
        Instant exp = claims.expiresAt()
                .orElseThrow(() -> new InvalidCwtException(MISSING_EXPIRY, "a token that never expires"));
        if (!exp.isAfter(earliest)) { // exp == now − leeway: expired (RFC 8392 §3.1.4, "on or after")
            throw new InvalidCwtException(EXPIRED, "the token has expired");
        }
        Optional<Instant> nbf = claims.notBefore();
        if (nbf.isPresent() && nbf.get().isAfter(latest)) { // nbf == now + leeway: valid (§3.1.5, "before")
            throw new InvalidCwtException(NOT_YET_VALID, "the token is not valid yet");
        }
        requireLifetime(claims.issuedAt(), exp, latest);
        return exp;
    }

    private void requireLifetime(Optional<Instant> iat, Instant exp, Instant latest) throws InvalidCwtException {
        if (iat.isEmpty() && policy.requireIssuedAt()) {
            throw new InvalidCwtException(MISSING_CLAIM, "a token that does not say when it was issued");
        }
        if (iat.isPresent() && iat.get().isAfter(latest)) {
            throw new InvalidCwtException(NOT_YET_VALID, "the token was issued in the future");
        }
        // exp == iat + maxLifetime: allowed. Without iat the time that remains counts.
        if (exp.isAfter(iat.orElse(latest).plus(policy.maxLifetime()))) {
            throw new InvalidCwtException(LIFETIME_TOO_LONG, "the token lives longer than allowed");
        }
    }

    private void requireAudience(CwtClaims claims) throws InvalidCwtException {
        // An absent aud is refused like a wrong one: a token for nobody in particular is not for us.
        if (Collections.disjoint(claims.audience(), policy.audiences())) {
            throw new InvalidCwtException(WRONG_AUDIENCE, "the token is not for this recipient");
        }
    }
}
