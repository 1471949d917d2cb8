package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Sends a granted request with its JWT, once more with a new one if the upstream did not take the first, and makes an
 * answer of what comes back. Thread-safe.
 */
public final class Forwarder {
    private static final int HTTP_UNAUTHORIZED = 401;
    private static final int MAX_ENTITY_TAGS = 100_000;

    private final TokenExchange tokens;
    private final Map<UpstreamName, Upstream> upstreams;
    private final ExchangeListener listener;
    private final RequestMapping requests;
    private final ResponseMapping responses;

    public Forwarder(
            TokenExchange tokens, Map<UpstreamName, Upstream> upstreams, ExchangeListener listener, Clock clock) {
        this.tokens = tokens;
        this.upstreams = Map.copyOf(upstreams);
        this.listener = listener;
        EntityTags entityTags = new EntityTags(MAX_ENTITY_TAGS);
        this.requests = new RequestMapping(entityTags);
        this.responses = new ResponseMapping(entityTags, new Freshness(clock));
    }

    /** Why this request can't be forwarded on this route, if so. */
    Optional<DeviceResponse> refusal(DeviceRequest request, Route route) {
        return requests.refusal(request, route);
    }

    CompletionStage<DeviceResponse> forward(
            DeviceRequest request, RequestTarget target, Route route, TokenRequest grant) {
        Upstream upstream = upstreams.get(route.upstream());
        if (upstream == null) {
            return failedFuture(new IllegalStateException("route " + route + " has no upstream"));
        }
        return tokens.exchange(grant)
                .thenCompose(token -> send(upstream, requests.request(request, target, route, token), grant))
                .handle((response, failure) -> failure == null
                        ? answered(request, target, route.upstream(), response)
                        : failed(request, route.upstream(), failure));
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

    private DeviceResponse answered(
            DeviceRequest request, RequestTarget target, UpstreamName name, UpstreamResponse response) {
        listener.upstreamAnswered(name, response.status());
        return responses
                .unusable(request, response)
                .map(cause -> refused(request, name, Refusal.UPSTREAM_RESPONSE_INVALID, cause))
                .orElseGet(() -> responses.response(request, target, upstreams.get(name), response));
    }

    private DeviceResponse failed(DeviceRequest request, UpstreamName upstream, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UpstreamException failed) {
            return refused(request, upstream, failed.reason(), failed.detail());
        }
        if (cause instanceof TokenExchangeException exchange) {
            return Refusals.response(exchange.reason());
        }
        throw new CompletionException(cause);
    }

    private DeviceResponse refused(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {
        listener.upstreamFailed(request, upstream, reason, cause);
        return Refusals.response(reason);
    }
}
