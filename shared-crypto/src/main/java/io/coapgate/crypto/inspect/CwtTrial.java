package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MALFORMED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.TOO_LARGE;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_CRITICAL_HEADER;

import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

    /** Claims that nothing is wrong with before their issuer is looked up: {@code {1: "x"}}. */
    private static final byte[] SOUND_CLAIMS = {(byte) 0xa1, 0x01, 0x61, 'x'};

    private static final int SIGN1 = CoseLayer.Structure.SIGN1.tag();
    private static final int LABEL_ISS = 1;
    private static final int LABEL_ALG = 1;
    private static final int LABEL_CRIT = 2;
    private static final byte[] ALG_ES256 = {0x01, 0x26};
    private static final byte[] ALG_HMAC = {0x01, 0x05};
    private static final byte[] NO_HEADER = {(byte) 0xa0};

    private final CwtPolicy policy;
    private final Clock clock;

    public CwtTrial(CwtPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** The reasons, each once, in the order in which the verifier would come to them. */
    public List<CwtRefusal> refusals(byte[] token, CwtInspection seen) {
        Set<CwtRefusal> refusals = new LinkedHashSet<>();
        if (token.length > policy.maxBytes()) {
            String message = "the token has " + token.length + " bytes, of which " + policy.maxBytes() + " are allowed";
            refusals.add(new CwtRefusal(TOO_LARGE, message));
        }
        Optional<CwtRefusal> first = gate(token);
        first.ifPresent(refusals::add);
        if (first.isPresent()) {
            seen.layers().stream().limit(1).map(this::header).forEach(refusals::addAll);
            seen.claims().stream()
                    .map(InspectedClaim::refusal)
                    .flatMap(Optional::stream)
                    .forEach(refusals::add);
        }
        if (seen.claimsSize() > 0) {
            if (seen.claims().stream().noneMatch(claim -> claim.label().isInteger(LABEL_ISS))) {
                refusals.add(new CwtRefusal(MISSING_CLAIM, "a token that does not name its issuer"));
            }
            refusals.addAll(new ClaimsTrial(seen.claims(), policy, clock.instant()).refusals());
        }
        return List.copyOf(refusals);
    }

    /** What the verifier says before it looks for keys. */
    private Optional<CwtRefusal> gate(byte[] token) {
        try {
            new CwtVerifier(policy.withMaxBytes(StrictCbor.MAX_BYTES), clock).verify(token, issuer -> List.of());
            return Optional.empty();
        } catch (InvalidCwtException e) {
            boolean parsed = e.reason() == Reason.UNKNOWN_ISSUER || e.reason() == MISSING_CLAIM;
            return parsed ? Optional.empty() : Optional.of(CwtRefusal.of(e));
        }
    }

    /** Takes away what is refused, one after the other, to see what is behind. */
    private Collection<CwtRefusal> header(CoseLayer layer) {
        if (layer.structure().tag() > SIGN1 || layer.structure().isEncrypted()) {
            return List.of();
        }
        Set<CwtRefusal> refusals = new LinkedHashSet<>();
        byte[] protectedBytes = layer.protectedBucket().content();
        byte[] unprotected = layer.unprotectedBucket().encoded();
        List<CborItem.Entry> entries = new ArrayList<>(layer.protectedHeader());
        Optional<CwtRefusal> next = gate(message(layer, protectedBytes, unprotected));
        while (next.isPresent() && refusals.add(next.get())) {
            Reason reason = next.get().reason();
            if (reason == UNSUPPORTED_CRITICAL_HEADER) {
                entries.removeIf(entry -> entry.key().isInteger(LABEL_CRIT));
                protectedBytes = Bytes.map(entries);
            } else if (reason == UNSUPPORTED_ALGORITHM) {
                entries.removeIf(entry -> entry.key().isInteger(LABEL_ALG));
                protectedBytes = withAlgorithm(layer, entries);
            } else if (reason == MALFORMED) {
                unprotected = NO_HEADER;
                protectedBytes = Bytes.map(entries);
            }
            next = gate(message(layer, protectedBytes, unprotected));
        }
        return refusals;
    }

    private static byte[] withAlgorithm(CoseLayer layer, List<CborItem.Entry> others) {
        byte[] map = Bytes.map(others);
        byte[] alg = layer.structure().tag() == SIGN1 ? ALG_ES256 : ALG_HMAC;
        return others.size() < 23 ? Bytes.join(new byte[] {(byte) (map[0] + 1)}, alg, tail(map)) : map;
    }

    private static byte[] tail(byte[] map) {
        return Arrays.copyOfRange(map, 1, map.length);
    }

    private static byte[] message(CoseLayer layer, byte[] protectedBytes, byte[] unprotected) {
        return Bytes.join(
                new byte[] {(byte) (0xc0 | layer.structure().tag()), (byte) 0x84},
                Bytes.string(protectedBytes),
                unprotected,
                Bytes.string(SOUND_CLAIMS),
                Bytes.string(new byte[64]));
    }
}
