package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;

/** Judges by what a token says itself whether it is genuine, and whose; whether it fits a session is not asked here. */
final class TokenJudge {
    private final CwtVerifier verifier;
    private final AcceptedKeys keys;
    private final RelativeLifetimes lifetimes;

    TokenJudge(AdmissionSettings settings, RelativeLifetimes lifetimes, Clock clock) {
        this.verifier = new CwtVerifier(settings.policy(), clock);
        this.keys = new AcceptedKeys(settings.issuers(), settings.selfIssued());
        this.lifetimes = lifetimes;
    }

    /** A token of an authorization server, or of the device itself. */
    VerifiedCwt onSessionOf(AuthenticatedDevice device, byte[] token) throws TokenRefusedException {
        return verify(token, keys.onSessionOf(device));
    }

    /** A token of an authorization server. */
    VerifiedCwt beforeSession(byte[] token) throws TokenRefusedException {
        return verify(token, keys.beforeSession());
    }

    /**
     * A token that its issuer, who has been asked, vouches for.
     *
     * @param claims what the issuer says of it
     */
    VerifiedCwt vouched(AuthenticatedDevice device, CwtClaims claims, String issuer, byte[] token)
            throws TokenRefusedException {
        if (claims.issuer().filter(named -> !named.equals(issuer)).isPresent()
                || issuer.equals(device.id().value())) {
            throw new TokenRefusedException(Refusal.TOKEN_ISSUER_UNKNOWN);
        }
        try {
            return RelativeLifetimes.requireEnd(verifier.vouchedFor(claims, issuer, token));
        } catch (InvalidCwtException e) {
            throw new TokenRefusedException(CwtRefusals.of(e.reason()), e);
        }
    }

    AcceptedKeys keys() {
        return keys;
    }

    private VerifiedCwt verify(byte[] token, AcceptedKeys.ForToken known) throws TokenRefusedException {
        try {
            VerifiedCwt verified = verifier.verify(token, known);
            return known.isOfDevice(verified.issuer())
                    ? RelativeLifetimes.requireEnd(verified)
                    : lifetimes.counted(verified);
        } catch (InvalidCwtException e) {
            Refusal reason = CwtRefusals.of(e.reason());
            boolean keyIsMissing = reason == Refusal.TOKEN_KEY_UNKNOWN || reason == Refusal.TOKEN_ISSUER_UNKNOWN;
            throw known.asked()
                    .filter(issuer -> keyIsMissing)
                    .map(issuer -> lacksKey(issuer, e))
                    .orElseGet(() -> new TokenRefusedException(reason, e));
        }
    }

    /** An issuer that is known without any key is one whose key set could not be had yet, or not for too long. */
    private static TokenRefusedException lacksKey(IssuerKeySource issuer, InvalidCwtException cause) {
        boolean none = issuer.current().isEmpty();
        Refusal reason = none ? Refusal.TOKEN_KEYS_UNAVAILABLE : Refusal.TOKEN_KEY_UNKNOWN;
        return TokenRefusedException.forLackOfKey(reason, cause, issuer);
    }
}
