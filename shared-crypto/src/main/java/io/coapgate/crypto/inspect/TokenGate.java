package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.EXPIRED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.LIFETIME_TOO_LONG;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_CLAIM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MISSING_EXPIRY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.NOT_YET_VALID;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_ISSUER;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_KEY;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.WRONG_AUDIENCE;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the verifier says of a token's structure and encryption, the same whatever the policy. */
final class TokenGate {

    /** No token can be for this audience, so that the verifier never gets to what is behind its question for it. */
    private static final CwtPolicy FOR_NOBODY = CwtPolicy.forAudience("\0").withMaxBytes(StrictCbor.MAX_BYTES);

    /** Refusals that say that structure and encryption were in order. */
    private static final Set<Reason> BEHIND = Set.of(
            UNKNOWN_ISSUER, MISSING_CLAIM, EXPIRED, NOT_YET_VALID, LIFETIME_TOO_LONG, MISSING_EXPIRY, WRONG_AUDIENCE);

    private final Clock clock;

    TokenGate(Clock clock) {
        this.clock = clock;
    }

    /** Why it is refused before any key is looked for. */
    Optional<CwtRefusal> refusal(byte[] token) {
        return refusal(token, List.of()).filter(refusal -> refusal.reason() != UNKNOWN_KEY);
    }

    /** The same, and why its encryption is refused, if that can be told. */
    Optional<CwtRefusal> refusal(byte[] token, CwtInspection seen, DecryptionKeys keys) {
        Optional<CoseAlgorithm> encryption =
                seen.decryption().flatMap(tried -> seen.layers().get(0).algorithm());
        return encryption.filter(keys::tellOf).isPresent() ? refusal(token, keys.keys()) : refusal(token);
    }

    private Optional<CwtRefusal> refusal(byte[] token, List<IssuerDecryptionKey> keys) {
        try {
            new CwtVerifier(FOR_NOBODY, clock).verify(token, decrypting(keys));
            return Optional.empty();
        } catch (InvalidCwtException e) {
            return Optional.of(CwtRefusal.of(e)).filter(refusal -> !BEHIND.contains(refusal.reason()));
        }
    }

    private static IssuerKeys decrypting(List<IssuerDecryptionKey> keys) {
        return new IssuerKeys() {
            @Override
            public List<VerificationKey> keysOf(String issuer) {
                return List.of();
            }

            @Override
            public List<IssuerDecryptionKey> decryptionKeys() {
                return keys;
            }
        };
    }
}
