package io.coapgate.gateway.token;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.util.Optional;

/** Whether a genuine token is of use here and now: not over, fresh enough, and with a scope that some route asks for. */
final class TokenUse {
    private final ScopeSet knownScopes;
    private final TokenFreshness freshness;
    private final Clock clock;

    TokenUse(ScopeSet knownScopes, TokenFreshness freshness, Clock clock) {
        this.knownScopes = knownScopes;
        this.freshness = freshness;
        this.clock = clock;
    }

    void require(VerifiedCwt verified) throws TokenRefusedException {
        if (!clock.instant().isBefore(verified.expiresAt())) { // within the leeway: genuine, but of no use any more
            throw new TokenRefusedException(Refusal.TOKEN_EXPIRED);
        }
        if (!freshness.isFresh(verified)) {
            throw new TokenRefusedException(Refusal.TOKEN_STALE);
        }
        requireKnownScope(verified);
    }

    private void requireKnownScope(VerifiedCwt token) throws TokenRefusedException {
        Optional<byte[]> resources = token.claims().scopeBytes();
        if (resources.isPresent()) {
            requireSomeResource(resources.get());
            return;
        }
        try {
            ScopeSet scopes = ScopeSet.parse(token.claims().scope().orElse(""));
            if (scopes.intersects(knownScopes)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new TokenRefusedException(Refusal.TOKEN_SCOPE, e);
        }
        throw new TokenRefusedException(Refusal.TOKEN_SCOPE);
    }

    /** Methods on single resources, RFC 9237; which of them routes take is for each request to see. */
    private static void requireSomeResource(byte[] scope) throws TokenRefusedException {
        try {
            if (!Aif.decode(scope).permissions().isEmpty()) {
                return;
            }
        } catch (AceFormatException e) {
            throw new TokenRefusedException(Refusal.TOKEN_SCOPE, e);
        }
        throw new TokenRefusedException(Refusal.TOKEN_SCOPE);
    }
}
