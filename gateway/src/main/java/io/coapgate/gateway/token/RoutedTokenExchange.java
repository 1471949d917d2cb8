package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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
        return chosen(request).map(chosen -> chosen.exchange(request)).orElseGet(RoutedTokenExchange::unknown);
    }

    @Override
    public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
        return chosen(request).map(chosen -> chosen.replace(request, rejected)).orElseGet(RoutedTokenExchange::unknown);
    }

    /** Never the local one for want of another: its tokens would say something else. */
    private Optional<TokenExchange> chosen(TokenRequest request) {
        return request.external().isEmpty()
                ? Optional.of(local)
                : Optional.ofNullable(external.get(request.external().get().name()));
    }

    private static CompletionStage<BearerToken> unknown() {
        return failedFuture(new TokenExchangeException(
                Refusal.TOKEN_EXCHANGE_FAILED, "no token exchange has the name that the route gives", null));
    }
}
