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
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes the tokens that have been granted, and what their clients are told of them (RFC 9200 §5.8.2). Thread-safe. */
final class TokenMint {
    private static final int ID_BYTES = 8;

    private final SecureRandom random;

    TokenMint(SecureRandom random) {
        this.random = random;
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
                .expiresIn(Duration.between(now, claims.expiresAt().orElseThrow()));
        told.ifPresent(response::key);
        return issued(grant, claims, TokenHash.of(token), completed(response, grant));
    }

    private CwtClaims claims(Grant grant, Instant now) throws GrantRefusedException {
        CwtClaims.Builder claims = CwtClaims.builder()
                .subject(grant.client().id().value())
                .audience(grant.audience().name())
                .issuedAt(now)
                .expiresAt(end(grant, now))
                .id(newId())
                .confirmation(grant.key().claim());
        grant.request().cnonce().ifPresent(claims::cnonce);
        if (grant.scope().scope() instanceof AceScope.OfText words) {
            return claims.scope(words.text()).build();
        }
        return claims.scopeBytes(((AceScope.OfBytes) grant.scope().scope()).bytes())
                .build();
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
                claims.expiresAt().orElseThrow(),
                response.encode().length);
        return new TokenOutcome.Issued(response, token);
    }
}
