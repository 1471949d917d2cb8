package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.SecretBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the verifier about one claim at a time: the claims that another rule is about are replaced by sound ones, and the
 * set is issued anew with a key that is good for nothing else.
 */
final class ClaimsTrial {

    private static final int AUD = 3;
    private static final int EXP = 4;
    private static final int NBF = 5;
    private static final int IAT = 6;
    private static final Duration UNLIMITED = Duration.ofDays(3_660_000);
    private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);

    private final List<InspectedClaim> claims;
    private final CwtPolicy policy;
    private final Instant now;
    private final List<CwtRefusal> refusals = new ArrayList<>();

    ClaimsTrial(List<InspectedClaim> claims, CwtPolicy policy, Instant now) {
        this.claims = claims;
        this.policy = policy;
        this.now = now;
    }

    List<CwtRefusal> refusals() {
        CwtPolicy lax = new CwtPolicy(
                policy.audiences(), policy.leeway(), UNLIMITED, StrictCbor.MAX_BYTES, false, policy.acceptExpiresIn());
        if (!isUnreadable(EXP)) {
            ask(lax, now, forUs(without(AUD, NBF, IAT)), EXPIRED, MISSING_EXPIRY);
        }
        ask(lax, now, forUs(without(AUD, EXP)).expiresAt(now.plusSeconds(2)), NOT_YET_VALID);
        lifetime();
        if (policy.requireIssuedAt() && !isUnreadable(IAT)) {
            CwtPolicy dated = lax.requiringIssuedAt();
            ask(dated, now, forUs(without(AUD, EXP, NBF)).expiresAt(now.plusSeconds(2)), MISSING_CLAIM);
        }
        if (!isUnreadable(AUD)) {
            ask(lax, now, without(EXP, NBF, IAT).toBuilder().expiresAt(now.plusSeconds(2)), WRONG_AUDIENCE);
        }
        return refusals;
    }

    /** As if the token had just been issued, so that it is neither expired nor early. */
    private void lifetime() {
        CwtClaims dated = without(AUD, NBF);
        if (dated.expiresAt().isPresent() && !isUnreadable(IAT)) {
            CwtPolicy limited = policy.withMaxBytes(StrictCbor.MAX_BYTES);
            ask(limited, dated.issuedAt().orElse(now), forUs(dated), LIFETIME_TOO_LONG);
        }
    }

    private CwtClaims.Builder forUs(CwtClaims others) {
        return others.toBuilder().audience(policy.audiences().iterator().next());
    }

    /** Answers other than those that the question was for have other questions. */
    private void ask(CwtPolicy question, Instant at, CwtClaims.Builder token, Reason... answers) {
        try {
            VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, KEY);
            CwtIssuer issuer = new CwtIssuer("trial", SigningKey.of(CoseAlgorithm.HMAC_256_256, KEY));
            new CwtVerifier(question, Clock.fixed(at, ZoneOffset.UTC))
                    .verify(issuer.issue(token.build()), name -> List.of(key));
        } catch (InvalidCwtException e) {
            if (Set.of(answers).contains(e.reason())) {
                refusals.add(CwtRefusal.of(e));
            }
        } catch (CoseException e) {
            throw new IllegalStateException("32 bytes are an HMAC key", e);
        }
    }

    private boolean isUnreadable(int label) {
        return claims.stream()
                .anyMatch(
                        claim -> claim.label().isInteger(label) && claim.alone().isEmpty());
    }

    /** The claims that are sound by themselves, the first of each label, but for these. */
    private CwtClaims without(int... labels) {
        List<CborItem.Entry> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (InspectedClaim claim : claims) {
            boolean dropped = Arrays.stream(labels).anyMatch(claim.label()::isInteger);
            if (!dropped && claim.alone().isPresent() && seen.add(claim.label().toString())) {
                kept.add(new CborItem.Entry(claim.label(), claim.value()));
            }
        }
        return decode(kept).orElseGet(() -> CwtClaims.builder().build());
    }

    private static Optional<CwtClaims> decode(List<CborItem.Entry> entries) {
        try {
            return Optional.of(CwtClaims.decode(Bytes.map(entries), StrictCbor.MAX_BYTES));
        } catch (InvalidCwtException e) {
            return Optional.empty(); // more claims than are read at all: the verifier has said so
        }
    }
}
