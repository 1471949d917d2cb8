package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_KEY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifies CWTs (RFC 8392 §7.2): structure, decryption if need be, then issuer, key and algorithm, then signature or
 * MAC, then times, then audience. Stateless and safe for use by several threads.
 *
 * <p>Before the signature only {@code iss} and {@code kid} are looked at, to find the key. The key's record fixes the
 * algorithm. A token carries tag 18, 17 or 16 for its COSE structure, with or without tag 61 in front; without any it is
 * refused.
 *
 * <p>A token that is encrypted and nothing else is its issuer's by the key that the two share. One that is signed or MACed
 * inside must be of that same issuer.
 */
public final class CwtVerifier {

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
        Instant now = clock.instant();
        Decrypter decrypter = new Decrypter(keys.decryptionKeys(), now);
        ParsedCwt parsed = ParsedCwt.parse(token.clone(), policy.maxBytes(), decrypter);
        String issuer = parsed.claims()
                .issuer()
                .orElseThrow(() -> new InvalidCwtException(MISSING_CLAIM, "a token that does not name its issuer"));
        if (parsed.decryptedFor().filter(shared -> !shared.equals(issuer)).isPresent()) {
            throw new InvalidCwtException(UNKNOWN_KEY, "a token encrypted with the key of another issuer");
        }
        if (parsed.message().isPresent()) {
            IssuerSignature.verify(parsed.message().get(), keys.keysOf(issuer), now);
        }
        Instant expiresAt = requireTimely(parsed.claims(), now);
        requireAudience(parsed.claims());
        return new VerifiedCwt(parsed, issuer, expiresAt, confirmation(parsed.claims(), decrypter.of(issuer)));
    }

    /**
     * Judges the claims that an issuer makes of a token at this moment, asked by introspection (RFC 9200 §5.9): times and
     * audience, as of a CWT. That the answer is the issuer's, and about this token, the caller has made sure of.
     *
     * @param token as its bearer showed it; its form is the issuer's business
     * @throws InvalidCwtException with the first reason to refuse it
     */
    public VerifiedCwt vouchedFor(CwtClaims claims, String issuer, byte[] token) throws InvalidCwtException {
        Instant now = clock.instant();
        Instant expiresAt = requireTimely(claims, now);
        requireAudience(claims);
        return new VerifiedCwt(
                claims, issuer, expiresAt, confirmation(claims, new Decrypter(List.of(), now)), token.clone());
    }

    /** The same proof for as long as it holds, but not from this instant on. */
    public static VerifiedCwt endingBy(Instant end, VerifiedCwt token) {
        return end.isBefore(token.expiresAt()) ? new VerifiedCwt(token, end) : token;
    }

    /** What {@code cnf} names; a key that came encrypted is decrypted with a key of the same issuer. */
    private static Optional<Confirmation> confirmation(CwtClaims claims, Decrypter decrypter)
            throws InvalidCwtException {
        Optional<Confirmation> cnf = claims.confirmation();
        if (cnf.isPresent() && cnf.get() instanceof Confirmation.OfEncryptedKey hidden) {
            return Optional.of(decrypter.decrypt(hidden));
        }
        return cnf;
    }

    private Instant requireTimely(CwtClaims claims, Instant now) throws InvalidCwtException {
        Instant earliest = now.minus(policy.leeway());
        Instant latest = now.plus(policy.leeway());
        Instant exp = claims.expiresAt().isPresent() ? claims.expiresAt().get() : expiryFromNow(claims, now);
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

    /** Without {@code exp}, {@code exi} counts from now, if the policy lets it (RFC 9200 §5.10.3). */
    private Instant expiryFromNow(CwtClaims claims, Instant now) throws InvalidCwtException {
        Duration exi = claims.expiresIn()
                .filter(present -> policy.acceptExpiresIn())
                .orElseThrow(() -> new InvalidCwtException(MISSING_EXPIRY, "a token that never expires"));
        if (claims.id().isEmpty()) {
            throw new InvalidCwtException(MISSING_CLAIM, "exi without the cti that numbers such tokens");
        }
        return now.plus(exi);
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
