package io.coapgate.gateway.token;

import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Signs RFC 9068 JWTs with the gateway's own key, on an executor that is meant for signatures. */
public final class LocalTokenExchange implements TokenExchange {
    private static final int JTI_BYTES = 16;

    private final Supplier<SigningKeySet> keys;
    private final JwtSettings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Executor signer;

    /** @param keys as they are; asked for every signature */
    public LocalTokenExchange(
            Supplier<SigningKeySet> keys, JwtSettings settings, Clock clock, SecureRandom random, Executor signer) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.signer = signer;
    }

    @Override
    public CompletionStage<BearerToken> exchange(TokenRequest request) {
        CompletableFuture<BearerToken> minted = new CompletableFuture<>();
        try {
            signer.execute(() -> complete(minted, request));
        } catch (RejectedExecutionException e) {
            minted.completeExceptionally(
                    new TokenExchangeException(Refusal.GATEWAY_BUSY, "too many signatures are waiting", e));
        }
        return minted;
    }

    /** A fresh token carries a fresh {@code jti}: it is never the rejected one. */
    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        return exchange(request);
    }

    private void complete(CompletableFuture<BearerToken> minted, TokenRequest request) {
        try {
            minted.complete(mint(request));
        } catch (TokenExchangeException e) {
            minted.completeExceptionally(e);
        } catch (RuntimeException e) {
            minted.completeExceptionally(
                    new TokenExchangeException(Refusal.TOKEN_EXCHANGE_FAILED, "signing failed", e));
        }
    }

    private BearerToken mint(TokenRequest request) throws TokenExchangeException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt =
                earlier(now.plus(settings.lifetime()), request.notAfter()).truncatedTo(ChronoUnit.SECONDS);
        if (!now.isBefore(expiresAt)) { // less than a second is left: no upstream would take it
            throw new TokenExchangeException(Refusal.TOKEN_EXPIRED, "the grant ends within the second", null);
        }
        return new BearerToken(keys.get().current().sign(claims(request, now, expiresAt)), expiresAt);
    }

    /** RFC 9068 §2.2; what the route maps comes first, so that it can never replace a registered claim. */
    private Map<String, Object> claims(TokenRequest request, Instant now, Instant expiresAt) {
        Map<String, Object> claims = new LinkedHashMap<>(request.claims());
        claims.put("iss", settings.issuer());
        claims.put("sub", request.device().value());
        claims.put("aud", request.audience().value());
        claims.put("client_id", request.device().value());
        claims.put("tenant", request.tenant().name());
        if (!request.scopes().isEmpty()) {
            claims.put("scope", request.scopes().text());
        }
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", randomId());
        confirmation(request.sessionKey()).ifPresent(cnf -> claims.put("cnf", cnf));
        return claims;
    }

    /** RFC 7800 §3.2. A pre-shared key can't be named without giving it away, nor a key that JWK has no form for. */
    private static Optional<Map<String, Object>> confirmation(SessionKey key) {
        if (!(key instanceof SessionKey.Asymmetric asymmetric)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Map.of("jwk", PublicJwk.of(asymmetric.key()).members()));
        } catch (KeyFormatException e) {
            return Optional.empty();
        }
    }

    private String randomId() {
        byte[] id = new byte[JTI_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
