package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.INVALID_CONFIRMATION;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;

import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
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

    private final List<InspectedClaim> claims;
    private final CwtPolicy policy;
    private final CwtPolicy lax;
    private final DecryptionKeys keys;
    private final Instant now;
    private final List<CwtRefusal> refusals = new ArrayList<>();

    ClaimsTrial(List<InspectedClaim> claims, CwtPolicy policy, DecryptionKeys keys, Instant now) {
        this.claims = claims;
        this.policy = policy;
        this.lax = new CwtPolicy(
                policy.audiences(), policy.leeway(), UNLIMITED, StrictCbor.MAX_BYTES, false, policy.acceptExpiresIn());
        this.keys = keys;
        this.now = now;
    }

    List<CwtRefusal> refusals() {
        if (!isUnreadable(EXP)) {
            // MISSING_CLAIM: exi without the cti that it needs
            ask(lax, now, forUs(without(AUD, NBF, IAT)), EXPIRED, MISSING_EXPIRY, MISSING_CLAIM);
        }
        ask(lax, now, unexpired(forUs(without(AUD, EXP))), NOT_YET_VALID);
        lifetime();
        if (policy.requireIssuedAt() && !isUnreadable(IAT)) {
            ask(lax.requiringIssuedAt(), now, unexpired(forUs(without(AUD, EXP, NBF))), MISSING_CLAIM);
        }
        if (!isUnreadable(AUD)) {
            ask(lax, now, unexpired(without(EXP, NBF, IAT).toBuilder()), WRONG_AUDIENCE);
        }
        confirmation();
        return refusals;
    }

    /** As if the token had just been issued, so that it is neither expired nor early. */
    private void lifetime() {
        CwtClaims dated = without(AUD, NBF);
        if (!isUnreadable(IAT)) {
            CwtPolicy limited = policy.withMaxBytes(StrictCbor.MAX_BYTES);
            // exi counts from now, whenever the token was issued
            Instant at = dated.expiresAt().isPresent() ? dated.issuedAt().orElse(now) : now;
            ask(limited, at, forUs(dated), LIFETIME_TOO_LONG);
        }
    }

    /** A key that came encrypted is decrypted last of all. */
    private void confirmation() {
        CwtClaims bound = without(AUD, EXP, NBF, IAT);
        if (bound.issuer().isPresent()
                && bound.confirmation().orElse(null) instanceof Confirmation.OfEncryptedKey hidden
                && keys.tellOf(hidden.message().headers().algorithm())) {
            ask(lax, now, unexpired(forUs(bound)), INVALID_CONFIRMATION);
        }
    }

    private CwtClaims.Builder unexpired(CwtClaims.Builder claims) {
        return claims.expiresAt(now.plusSeconds(2));
    }

    private CwtClaims.Builder forUs(CwtClaims others) {
        return others.toBuilder().audience(policy.audiences().iterator().next());
    }

    /** Answers other than those that the question was for have other questions. */
    private void ask(CwtPolicy question, Instant at, CwtClaims.Builder token, Reason... answers) {
        CwtClaims asked = token.build();
        try {
            new CwtVerifier(question, Clock.fixed(at, ZoneOffset.UTC))
                    .verify(TrialKeys.issue(asked), new TrialKeys(keys));
        } catch (InvalidCwtException e) {
            if (Set.of(answers).contains(e.reason())) {
                refusals.add(CwtRefusal.of(e));
            }
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
