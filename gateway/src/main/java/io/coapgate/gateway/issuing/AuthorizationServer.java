package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AceProfile;
import io.coapgate.crypto.ace.GrantType;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * Gives tokens to devices that ask for themselves: client credentials, the client being authenticated by its DTLS session
 * (RFC 9200 §5.8, RFC 9202 §3). Makes signatures: not for threads that must not be held up. Thread-safe.
 */
public final class AuthorizationServer {
    private final TokenPolicy policy;
    private final IssuerKeyRing ring;
    private final ScopePolicy scopes;
    private final ProofKeys proofKeys;
    private final TokenMint mint;
    private final Clock clock;
    private final SecureRandom random;
    private final IssuanceListener listener;

    /** @param namingKey of the gateway alone; while it stays the same, clients may go on naming the keys they were given */
    public AuthorizationServer(
            TokenPolicy policy,
            IssuerKeyRing ring,
            SecretBytes namingKey,
            Clock clock,
            SecureRandom random,
            IssuanceListener listener) {
        this.policy = policy;
        this.ring = ring;
        this.scopes = new ScopePolicy(policy.routes());
        this.proofKeys = new ProofKeys(new IssuedKeyIds(namingKey, random), random);
        this.mint = new TokenMint(random, policy.numbers());
        this.clock = clock;
        this.random = random;
        this.listener = listener;
    }

    /** Decides on a request, and makes the token if it may be had. */
    public TokenOutcome grant(AccessTokenRequest request, AuthenticatedDevice client) {
        try {
            TokenOutcome.Issued issued = mint.mint(decide(request, client), clock.instant());
            listener.issued(issued.token());
            return issued;
        } catch (GrantRefusedException e) {
            return new TokenOutcome.Refused(e.reason());
        }
    }

    private Grant decide(AccessTokenRequest request, AuthenticatedDevice client) throws GrantRefusedException {
        requireClient(request, client);
        TokenAudience audience = policy.audience(request.audience())
                .orElseThrow(() -> new GrantRefusedException(Refusal.GRANT_AUDIENCE));
        if (request.profile().orElse(AceProfile.COAP_DTLS) != AceProfile.COAP_DTLS) {
            throw new GrantRefusedException(Refusal.GRANT_PROFILE);
        }
        GrantedScope scope = scopes.grant(request.scope(), client.device(), audience);
        TokenMaker maker = TokenMaker.of(policy.issuer(), audience.protection(), ring, random);
        boolean derives = maker.derivationKey().isPresent();
        ProofKey key = proofKeys.choose(request.requestedKey(), client, audience, derives);
        return new Grant(request, client, audience, scope, key, maker);
    }

    /** The session is the client's authentication; a second one beside it is forbidden (RFC 6749 §2.3). */
    private void requireClient(AccessTokenRequest request, AuthenticatedDevice client) throws GrantRefusedException {
        Optional<Refusal> fallen = client.standing(clock.instant());
        if (fallen.isPresent()) {
            throw new GrantRefusedException(fallen.get());
        }
        if (request.clientSecret().isPresent()) {
            throw new GrantRefusedException(Refusal.GRANT_MALFORMED);
        }
        if (request.clientId().filter(id -> !id.equals(client.id().value())).isPresent()) {
            throw new GrantRefusedException(Refusal.GRANT_CLIENT);
        }
        if (request.grantType() != GrantType.CLIENT_CREDENTIALS) {
            throw new GrantRefusedException(Refusal.GRANT_TYPE);
        }
    }
}
