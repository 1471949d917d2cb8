package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.BodyReader;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Sends HTTP requests with the JWT of a grant, once more with a new one if the upstream did not take the first. Thread-safe. */
final class Sender {
    private static final int HTTP_UNAUTHORIZED = 401;

    private final TokenExchange tokens;
    private final Map<UpstreamName, Upstream> upstreams;
    private final ExchangeListener listener;

    Sender(TokenExchange tokens, Map<UpstreamName, Upstream> upstreams, ExchangeListener listener) {
        this.tokens = tokens;
        this.upstreams = Map.copyOf(upstreams);
        this.listener = listener;
    }

    /** @throws IllegalStateException if no upstream has the name that the route gives: the configuration is checked for it */
    Upstream upstream(Route route) {
        Upstream upstream = upstreams.get(route.upstream());
        if (upstream == null) {
            throw new IllegalStateException("route " + route + " has no upstream");
        }
        return upstream;
    }

    /**
     * @param request makes the request, given the JWT
     * @return completed exceptionally with {@link UpstreamException} or a failure of the token exchange
     */
    CompletionStage<UpstreamResponse> send(
            Route route, TokenRequest grant, Function<BearerToken, UpstreamRequest> request) {
        Upstream upstream = upstream(route);
        return tokens.exchange(grant)
                .thenCompose(token -> send(upstream, request.apply(token), grant))
                .thenApply(response -> {
                    listener.upstreamAnswered(route.upstream(), response.status());
                    return response;
                });
    }

    /** @return completed exceptionally with a failure of the token exchange; all else is for the reader to see */
    CompletionStage<EventStream> stream(
            Route route,
            TokenRequest grant,
            Function<BearerToken, UpstreamRequest> request,
            BodyReader reader,
            Consumer<UpstreamException> failures) {
        return tokens.exchange(grant).thenApply(token -> {
            IntConsumer status = answer -> {
                listener.upstreamAnswered(route.upstream(), answer);
                if (answer == HTTP_UNAUTHORIZED) {
                    var unused = tokens.replace(grant, token); // the next attempt gets another one
                }
            };
            BodyReader reported = new ReportedReader(reader, status, failures);
            return new EventStream(upstream(route).stream(request.apply(token), reported), token.expiresAt());
        });
    }

    private CompletionStage<UpstreamResponse> send(Upstream upstream, UpstreamRequest request, TokenRequest grant) {
        return upstream.send(request)
                .thenCompose(response -> response.status() == HTTP_UNAUTHORIZED
                        ? sendAgain(upstream, request, grant)
                        : completedFuture(response));
    }

    /** A 401 says that the upstream did not process the request: sending it again can't do it twice. */
    private CompletionStage<UpstreamResponse> sendAgain(
            Upstream upstream, UpstreamRequest request, TokenRequest grant) {
        return tokens.replace(grant, request.token())
                .thenCompose(fresh -> upstream.send(request.withToken(fresh)))
                .thenCompose(response -> response.status() == HTTP_UNAUTHORIZED
                        ? failedFuture(
                                new UpstreamException(Refusal.UPSTREAM_REJECTED_TOKEN, "401 to a fresh token too"))
                        : completedFuture(response));
    }
}
