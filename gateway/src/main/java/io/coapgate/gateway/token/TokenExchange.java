package io.coapgate.gateway.token;

import io.coapgate.gateway.upstream.BearerToken;
import java.util.concurrent.CompletionStage;

/** Swaps a granted request for a JWT. Thread-safe; never blocks the caller. */
public interface TokenExchange {
    /** @return completed exceptionally with {@link TokenExchangeException} if there is no token to be had */
    CompletionStage<BearerToken> exchange(TokenRequest request);

    /**
     * As {@link #exchange}, after an upstream would not take {@code rejected}: never answers with that token again.
     */
    CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected);
}
