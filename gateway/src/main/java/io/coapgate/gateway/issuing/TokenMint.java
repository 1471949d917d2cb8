package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceProfile;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tokens that have been granted, and what their clients are told of them (RFC 9200 §5.8.2). Thread-safe. */
final class TokenMint {
    private static final int ID_BYTES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(TokenMint.class);

    private final SecureRandom random;
    private final TokenNumbers numbers;

    /** @param numbers for audiences that have their tokens numbered */
    TokenMint(SecureRandom random, TokenNumbers numbers) {
        this.random = random;
        this.numbers = numbers;
    }

    TokenOutcome.Issued mint(Grant grant, Instant now) throws GrantRefusedException {
        CwtClaims claims;
        byte[] token;
        Optional<Confirmation> told;
        do { // each token has another identifier, and so another key that derives from it
            claims = claims(grant, now);
            token = grant.maker().issuer().issue(claims);
            told = told(grant, token);
        } while (!TextSafety.isTextSafe(told));
        AccessTokenResponse.Builder response = AccessTokenResponse.builder(token)
                .expiresIn(claims.expiresIn().orElse(Duration.between(now, end(claims))));
        told.ifPresent(response::key);
        return issued(grant, claims, TokenHash.of(token), completed(response, grant));
    }

    private CwtClaims claims(Grant grant, Instant now) throws GrantRefusedException {
        CwtClaims.Builder claims = CwtClaims.builder()
                .subject(grant.client().id().value())
                .audience(grant.audience().name())
                .issuedAt(now)
                .confirmation(grant.key().claim());
        limit(claims, grant, now);
        grant.request().cnonce().ifPresent(claims::cnonce);
        if (grant.scope().scope() instanceof AceScope.OfText words) {
            return claims.scope(words.text()).build();
        }
        return claims.scopeBytes(((AceScope.OfBytes) grant.scope().scope()).bytes())
                .build();
    }

    private void limit(CwtClaims.Builder claims, Grant grant, Instant now) throws GrantRefusedException {
        Optional<TokenNumbering> numbering = grant.audience().numbering();
        if (numbering.isEmpty()) {
            claims.expiresAt(end(grant, now)).id(newId());
            return;
        }
        if (grant.client().notAfter().isBefore(now.plus(grant.audience().lifetime()))) {
            // A shorter life than others' would end those of lower numbers too (RFC 9200 §5.10.3).
            throw new GrantRefusedException(Refusal.CREDENTIAL_EXPIRED);
        }
        claims.expiresIn(grant.audience().lifetime()).id(numbering.get().id(number(grant.audience())));
    }

    private long number(TokenAudience audience) throws GrantRefusedException {
        try {
            return numbers.next(audience.name());
        } catch (IOException e) {
            LOG.error("no token for {} is issued, as it can't be numbered: {}", audience.name(), e.toString());
            throw new GrantRefusedException(Refusal.INTERNAL_ERROR);
        }
    }

    /** No token outlives the credential that it was given for. */
    private static Instant end(Grant grant, Instant now) throws GrantRefusedException {
        Instant wanted = now.plus(grant.audience().lifetime());
        Instant notAfter = grant.client().notAfter();
        Instant end = (wanted.isBefore(notAfter) ? wanted : notAfter).truncatedTo(ChronoUnit.SECONDS);
        if (!end.isAfter(now)) {
            throw new GrantRefusedException(Refusal.CREDENTIAL_EXPIRED); // in less than a second
        }
        return end;
    }

    /** As the authorization server sees it: a token that lives from its arrival on is expected to arrive at once. */
    private static Instant end(CwtClaims claims) {
        return claims.expiresAt()
                .orElseGet(() ->
                        claims.issuedAt().orElseThrow().plus(claims.expiresIn().orElseThrow()));
    }

    private CwtId newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return CwtId.of(id);
    }

    private static AccessTokenResponse completed(AccessTokenResponse.Builder response, Grant grant) {
        if (!grant.scope().asAsked()) {
            response.scope(grant.scope().scope());
        }
        if (grant.client().sessionKey() instanceof SessionKey.Asymmetric) {
            grant.audience().serverKey().map(Confirmation::of).ifPresent(response::serverKey);
        }
        if (grant.request().asksForProfile()) {
            response.profile(AceProfile.COAP_DTLS);
        }
        return response.build();
    }

    private static Optional<Confirmation> told(Grant grant, byte[] token) {
        if (grant.key() instanceof ProofKey.Derived derived) {
            SecretBytes secret =
                    DtlsKeyDerivation.derive(grant.maker().derivationKey().orElseThrow(), token);
            return Optional.of(Confirmation.of(CoseKey.ofSecret(secret).withKeyId(derived.id())));
        }
        return ((ProofKey.Known) grant.key()).told();
    }

    private static TokenOutcome.Issued issued(
            Grant grant, CwtClaims claims, TokenHash hash, AccessTokenResponse response) {
        IssuedToken token = new IssuedToken(
                hash,
                claims.id().orElseThrow(),
                grant.client().id(),
                grant.audience().name(),
                grant.scope().scope(),
                grant.key().claim(),
                claims.issuedAt().orElseThrow(),
                end(claims),
                claims.expiresIn(),
                response.encode().length);
        return new TokenOutcome.Issued(response, token);
    }
}
