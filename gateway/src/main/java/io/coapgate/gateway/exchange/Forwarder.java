package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Sends a granted request with its JWT, and once more with a new one if the upstream did not take the first. */
final class Forwarder {
    private static final int HTTP_UNAUTHORIZED = 401;

    private final TokenExchange tokens;
    private final Map<UpstreamName, Upstream> upstreams;

    Forwarder(TokenExchange tokens, Map<UpstreamName, Upstream> upstreams) {
        this.tokens = tokens;
        this.upstreams = Map.copyOf(upstreams);
    }

    /** @param compose makes the HTTP request that carries this token */
    CompletionStage<UpstreamResponse> forward(
            Route route, TokenRequest grant, Function<BearerToken, UpstreamRequest> compose) {
        Upstream upstream = upstreams.get(route.upstream());
        if (upstream == null) {
            return failedFuture(new IllegalStateException("route " + route + " has no upstream"));
        }
        return tokens.exchange(grant).thenCompose(token -> {
            UpstreamRequest request = compose.apply(token);
            return upstream.send(request)
                    .thenCompose(response -> response.status() == HTTP_UNAUTHORIZED
                            ? sendAgain(upstream, request, grant)
                            : completedFuture(response));
        });
    }

    /** A 401 says that the upstream did not process the request: sending it again can't do it twice. */
    private CompletionStage<UpstreamResponse> sendAgain(
            Upstream upstream, UpstreamRequest request, TokenRequest grant) {
        return tokens.replace(grant, request.token())
                .thenCompose(fresh -> upstream.send(request.withToken(fresh)))
                .thenCompose(response -> response.status() == HTTP_UNAUTHORIZED
                        ? failedFuture(new UpstreamException(
                                Refusal.UPSTREAM_REJECTED_TOKEN, "upstream answered 401 to a fresh token"))
                        : completedFuture(response));
    }
}
