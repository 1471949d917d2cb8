package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gets each token from the issuer that its route names. Thread-safe. */
public final class RoutedTokenExchange implements TokenExchange {
    private final TokenExchange local;
    private final Map<TokenExchangeName, TokenExchange> external;

    public RoutedTokenExchange(TokenExchange local, Map<TokenExchangeName, ? extends TokenExchange> external) {
        this.local = local;
        this.external = Map.copyOf(external);
    }

    @Override
    public CompletionStage<BearerToken> exchange(TokenRequest request) {
        TokenExchange chosen = chosen(request);
        return chosen == null ? unknown() : chosen.exchange(request);
    }

    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        TokenExchange chosen = chosen(request);
        return chosen == null ? unknown() : chosen.replace(request, rejected);
    }

    /** Never the local one for want of another: its tokens would say something else. */
    private @Nullable TokenExchange chosen(TokenRequest request) {
        return request.external().isEmpty()
                ? local
                : external.get(request.external().get().name());
    }

    private static CompletionStage<BearerToken> unknown() {
        return failedFuture(new TokenExchangeException(
                Refusal.TOKEN_EXCHANGE_FAILED, "no token exchange has the name that the route gives", null));
    }
}
