package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets a CWT into a session, or says why not (RFC 9200 §5.10.1.1). Verifies a signature: not for threads that must not
 * be held up. Thread-safe.
 */
public final class TokenAdmission {
    private final Clock clock;
    private final int maxTokenBytes;
    private final TokenJudge judge;
    private final TokenUse use;
    private final SessionTokens sessions;
    private final CwtIds cwtIds;
    private final TokenConditions conditions;

    /** @param knownScopes a token that names none of them is of no use here */
    public TokenAdmission(AdmissionSettings settings, ScopeSet knownScopes, SessionTokens sessions, Clock clock) {
        this(settings, knownScopes, sessions, TokenConditions.NONE, clock);
    }

    /** @param conditions that tokens must meet besides */
    public TokenAdmission(
            AdmissionSettings settings,
            ScopeSet knownScopes,
            SessionTokens sessions,
            TokenConditions conditions,
            Clock clock) {
        this.conditions = conditions;
        this.clock = clock;
        this.maxTokenBytes = settings.policy().maxBytes();
        this.judge = new TokenJudge(settings, conditions.lifetimes(), clock);
        this.use = new TokenUse(knownScopes, conditions.freshness(), clock);
        this.sessions = sessions;
        this.cwtIds = new CwtIds(clock, settings.maxSessions());
    }

    /**
     * Verifies the token, that it belongs to this session, and keeps it there until it ends.
     *
     * @throws TokenRefusedException with the first reason to refuse it; the session's other tokens stay
     */
    public VerifiedCwt admit(AuthenticatedDevice device, byte[] token) throws TokenRefusedException {
        return admit(device, judge.onSessionOf(device, token));
    }

    /**
     * The same with a token that its issuer, who has been asked, vouches for; it must name the session's key.
     *
     * @param claims what the issuer says of it
     */
    VerifiedCwt admitVouched(AuthenticatedDevice device, CwtClaims claims, String issuer, byte[] token)
            throws TokenRefusedException {
        return admit(device, judge.vouched(device, claims, issuer, token));
    }

    private VerifiedCwt admit(AuthenticatedDevice device, VerifiedCwt verified) throws TokenRefusedException {
        use.require(verified);
        requireBinding(verified, device);
        requireOwnId(verified);
        keep(device, verified);
        return verified;
    }

    /** Verifies a token of an authorization server; whose session it belongs to is not asked yet. */
    VerifiedCwt judge(byte[] token) throws TokenRefusedException {
        VerifiedCwt verified = judge.beforeSession(token);
        use.require(verified);
        requireOwnId(verified);
        return verified;
    }

    /** Puts a verified token into a session that it belongs to. */
    void keep(AuthenticatedDevice device, VerifiedCwt token) throws TokenRefusedException {
        requireStanding(token); // first: what is refused takes no other token's place
        sessions.add(device, token);
        try {
            requireStanding(token); // and last: whoever revokes it from now on finds it in the session
        } catch (TokenRefusedException e) {
            sessions.remove(token::equals);
            throw e;
        }
    }

    private void requireStanding(VerifiedCwt token) throws TokenRefusedException {
        Optional<Refusal> fallen = fallen(token);
        if (fallen.isPresent()) {
            throw new TokenRefusedException(fallen.get());
        }
    }

    /** What has become of a token since it was verified, beside the end of its time. */
    Optional<Refusal> fallen(VerifiedCwt token) {
        if (conditions.revoked().isRevoked(token)) {
            return Optional.of(Refusal.TOKEN_REVOKED);
        }
        return conditions.lifetimes().hasEnded(token) ? Optional.of(Refusal.TOKEN_EXPIRED) : Optional.empty();
    }

    /** Whether a session holds a token that is valid now. */
    boolean holdsToken(AuthenticatedDevice device) {
        return !sessions.validAt(device.session(), clock.instant()).isEmpty();
    }

    /** Whether a token that is bound to the session's key says something of the session's device. */
    static boolean isFor(AuthenticatedDevice device, WaitingToken token) {
        return token.subject().equals(device.id()) && issuerFits(token.token(), device);
    }

    TokenOrder order() {
        return new TokenOrder(conditions.lifetimes());
    }

    AcceptedKeys issuers() {
        return judge.keys();
    }

    int maxTokenBytes() {
        return maxTokenBytes;
    }

    private void requireOwnId(VerifiedCwt token) throws TokenRefusedException {
        if (!cwtIds.admits(token, Duration.between(clock.instant(), token.expiresAt()))) {
            throw new TokenRefusedException(Refusal.TOKEN_REPLAYED);
        }
    }

    /** A self-issued token is bound by its key already; {@code cnf} may be left out, but if it is there it must fit. */
    private static void requireBinding(VerifiedCwt token, AuthenticatedDevice device) throws TokenRefusedException {
        boolean selfIssued = token.issuer().equals(device.id().value());
        boolean subjectFits = !(selfIssued || device.isByToken())
                || token.claims().subject().filter(device.id().value()::equals).isPresent();
        boolean keyFits = token.confirmation()
                .map(confirmation -> TokenBinding.names(confirmation, device.sessionKey()))
                .orElse(selfIssued);
        if (!subjectFits || !keyFits || !issuerFits(token, device)) {
            throw new TokenRefusedException(Refusal.TOKEN_BINDING);
        }
    }

    /** A key that an authorization server gave out has its name from there, and means another one elsewhere. */
    private static boolean issuerFits(VerifiedCwt token, AuthenticatedDevice device) {
        return !(device.credential() instanceof DeviceCredential.AccessToken established
                && device.sessionKey() instanceof SessionKey.Issued
                && !established.issuer().equals(token.issuer()));
    }
}
