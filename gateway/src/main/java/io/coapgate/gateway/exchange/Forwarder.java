package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenExchangeException;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.BodyReader;
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
import java.util.function.Function;

/** Sends a granted request as HTTP, and makes an answer of what comes back, or of what went wrong. Thread-safe. */
public final class Forwarder {
    private static final int MAX_ENTITY_TAGS = 100_000;
    /** The share of the heap that windows of downloads may fill. */
    private static final int DOWNLOADS_HEAP_DIVISOR = 16;

    private final Sender sender;
    private final ExchangeListener listener;
    private final RequestMapping requests;
    private final ResponseMapping responses;
    private final Downloads downloads;
    private final ResponseCache cache;

    public Forwarder(
            TokenExchange tokens,
            Map<UpstreamName, Upstream> upstreams,
            CacheSettings caching,
            ExchangeListener listener,
            Clock clock) {
        this.sender = new Sender(tokens, upstreams, listener);
        this.listener = listener;
        EntityTags entityTags = new EntityTags(MAX_ENTITY_TAGS);
        this.requests = new RequestMapping(entityTags);
        this.responses = new ResponseMapping(entityTags, new Freshness(clock), sender::upstream);
        this.downloads =
                new Downloads(sender, requests, responses, Runtime.getRuntime().maxMemory() / DOWNLOADS_HEAP_DIVISOR);
        this.cache = new ResponseCache(sender, caching, listener, clock);
    }

    /** @param asked whether the upstream must be asked, whatever is kept for use again */
    CompletionStage<DeviceResponse> forward(
            DeviceRequest request, RequestTarget target, Route route, TokenRequest grant, boolean asked) {
        Optional<DeviceResponse> refusal = requests.refusal(request, route);
        if (refusal.isPresent()) {
            return completedFuture(refusal.get());
        }
        try {
            return answer(request, target, route, grant, asked)
                    .exceptionally(failure -> failed(request, route.upstream(), failure));
        } catch (PayloadException e) {
            return completedFuture(Refusals.response(e.reason()));
        }
    }

    /** @param target what is asked for the stream, in origin-form */
    CompletionStage<EventStream> events(
            DeviceRequest request,
            String target,
            Route route,
            TokenRequest grant,
            Optional<String> lastEventId,
            BodyReader reader) {
        return sender.stream(
                route,
                grant,
                requests.events(request, target, route, lastEventId),
                reader,
                failed -> listener.upstreamFailed(request, route.upstream(), failed.reason(), failed.detail()));
    }

    private CompletionStage<DeviceResponse> answer(
            DeviceRequest request, RequestTarget target, Route route, TokenRequest grant, boolean asked)
            throws PayloadException {
        if (Downloads.takes(request, route)) {
            return downloads.answer(request, target, route, grant);
        }
        Function<BearerToken, UpstreamRequest> http = requests.request(request, target, route);
        CompletionStage<UpstreamResponse> response =
                asked ? sender.send(route, grant, http) : cache.send(request, target, route, grant, http);
        return response.thenCompose(answer -> responses.answer(request, target, route, answer));
    }

    private DeviceResponse failed(DeviceRequest request, UpstreamName upstream, Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (cause instanceof UpstreamException failed) {
            listener.upstreamFailed(request, upstream, failed.reason(), failed.detail());
            DeviceResponse refused = Refusals.response(failed.reason());
            return failed.retryAfter().map(refused::withMaxAge).orElse(refused);
        }
        if (cause instanceof TokenExchangeException exchange) {
            DeviceResponse refused = Refusals.response(exchange.reason());
            return exchange.retryAfter()
                    .map(wait -> refused.withMaxAge(wait.plusSeconds(1).minusNanos(1))) // whole seconds, none too few
                    .orElse(refused);
        }
        throw new CompletionException(cause);
    }

    /** How much the responses that are kept for use again fill, an estimate. */
    public long cachedBytes() {
        return cache.bytes();
    }
}
