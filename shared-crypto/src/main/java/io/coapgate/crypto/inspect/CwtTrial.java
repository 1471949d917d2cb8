package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.TOO_LARGE;

import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds <em>all</em> reasons for which a policy would refuse a token, where {@link CwtVerifier} stops at the first.
 *
 * <p>It has no rules of its own: each part of the token is put into a token that is sound otherwise, and the verifier
 * says what it thinks of that. Signatures are not looked at; {@link CwtSignature} does that. Immutable.
 */
public final class CwtTrial {

    private static final int LABEL_ISS = 1;

    private final CwtPolicy policy;
    private final Clock clock;
    private final DecryptionKeys keys;

    public CwtTrial(CwtPolicy policy, Clock clock) {
        this(policy, clock, DecryptionKeys.UNKNOWN);
    }

    private CwtTrial(CwtPolicy policy, Clock clock, DecryptionKeys keys) {
        this.policy = policy;
        this.clock = clock;
        this.keys = keys;
    }

    /** The same, with keys for what is encrypted; without any that is neither taken nor refused. */
    public CwtTrial withDecryptionKeys(DecryptionKeys known) {
        return new CwtTrial(policy, clock, known);
    }

    /** The reasons, each once, in the order in which the verifier would come to them. */
    public List<CwtRefusal> refusals(byte[] token, CwtInspection seen) {
        Set<CwtRefusal> refusals = new LinkedHashSet<>();
        if (token.length > policy.maxBytes()) {
            String message = "the token has " + token.length + " bytes, of which " + policy.maxBytes() + " are allowed";
            refusals.add(new CwtRefusal(TOO_LARGE, message));
        }
        TokenGate gate = new TokenGate(clock);
        Optional<CwtRefusal> first = gate.refusal(token, seen, keys);
        first.ifPresent(refusals::add);
        if (first.isPresent()) {
            // What is inside an encryption is judged like a token by itself.
            int read = seen.decryption().isPresent() ? 2 : 1;
            seen.layers().stream()
                    .limit(read)
                    .map(layer -> HeaderTrial.refusals(layer, gate))
                    .forEach(refusals::addAll);
            seen.claims().stream()
                    .map(InspectedClaim::refusal)
                    .flatMap(Optional::stream)
                    .forEach(refusals::add);
        }
        if (seen.claimsSize() > 0) {
            if (seen.claims().stream().noneMatch(claim -> claim.label().isInteger(LABEL_ISS))) {
                refusals.add(new CwtRefusal(MISSING_CLAIM, "a token that does not name its issuer"));
            }
            refusals.addAll(new ClaimsTrial(seen.claims(), policy, keys, clock.instant()).refusals());
        }
        return List.copyOf(refusals);
    }
}
