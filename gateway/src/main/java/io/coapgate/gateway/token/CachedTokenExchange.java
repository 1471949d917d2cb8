package io.coapgate.gateway.token;

import io.coapgate.gateway.upstream.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Keeps the tokens of the gateway's own signer, as {@link CachedTokens} does. Thread-safe. */
public final class CachedTokenExchange implements TokenExchange {
    private final Supplier<String> keyId;
    private final CachedTokens<Key> tokens;

    /**
     * @param keyId of the key that the source signs with now: tokens of a retired key are not used any more
     * @param maxTokens one more evicts the least useful
     */
    public CachedTokenExchange(TokenExchange source, Supplier<String> keyId, Clock clock, int maxTokens) {
        this.keyId = keyId;
        this.tokens = new CachedTokens<>(key -> source.exchange(key.request), Duration.ZERO, clock, maxTokens);
    }

    @Override
    public CompletionStage<BearerToken> exchange(TokenRequest request) {
        return tokens.get(new Key(request, keyId.get()), request.notAfter());
    }

    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        return tokens.replace(new Key(request, keyId.get()), request.notAfter(), rejected);
    }

    /** An estimate, for metrics. */
    public long size() {
        return tokens.size();
    }

    private record Key(TokenRequest request, String keyId) {}
}
