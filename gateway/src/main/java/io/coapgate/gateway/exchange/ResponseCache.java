package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Gives responses again as far as the route and the upstream allow it, RFC 9111; asks the upstream for all others. A
 * response is kept for the device that got it; for every device only if the route says so and the upstream calls it
 * {@code public}. Nothing stale is shown without the upstream's word that it is still good. Whoever asks has been authorized
 * for this very request. Thread-safe; never blocks.
 */
final class ResponseCache {
    private static final int NOT_MODIFIED = 304;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final Sender sender;
    private final Freshness freshness;
    private final Shelves shelves;
    private final ExchangeListener listener;
    private final Clock clock;

    /** Requests under way that others of the same device wait for; no more than are in flight. */
    private final Map<CacheKey, CompletableFuture<Fetched>> flights = new ConcurrentHashMap<>();

    /** @param kept empty if it may not be used again */
    private record Fetched(UpstreamResponse response, Optional<StoredResponse> kept) {}

    private record Question(
            DeviceRequest request,
            RequestTarget target,
            Route route,
            TokenRequest grant,
            Function<BearerToken, UpstreamRequest> http) {}

    ResponseCache(Sender sender, CacheSettings settings, ExchangeListener listener, Clock clock) {
        this.sender = sender;
        this.freshness = new Freshness(clock);
        this.shelves = new Shelves(settings, clock);
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * @param http makes the upstream's request of the device's, given the JWT
     * @return as {@link Sender#send}; a 304 only if the device itself has set a condition
     */
    CompletionStage<UpstreamResponse> send(
            DeviceRequest request,
            RequestTarget target,
            Route route,
            TokenRequest grant,
            Function<BearerToken, UpstreamRequest> http) {
        Question question = new Question(request, target, route, grant, http);
        if (route.translation().caching() == Caching.NONE) {
            return ask(question, Optional.empty());
        }
        if (!request.method().isSafe()) {
            return change(question);
        }
        return request.preconditions().canFail() // that is for the upstream to judge
                ? ask(question, Optional.empty())
                : answer(question);
    }

    /** Only a 4xx says that nothing has changed, RFC 9111 §4.4; a failure leaves it open. */
    private CompletionStage<UpstreamResponse> change(Question question) {
        return ask(question, Optional.empty()).whenComplete((response, failure) -> {
            boolean unchanged =
                    failure == null && response.status() >= CLIENT_ERROR && response.status() < SERVER_ERROR;
            if (!unchanged) {
                shelves.change(CacheKey.place(question.target(), question.route()));
            }
        });
    }

    private CompletionStage<UpstreamResponse> answer(Question question) {
        CacheKey key = CacheKey.of(question.request(), question.target(), question.route(), question.grant());
        Instant now = clock.instant();
        Optional<StoredResponse> own = shelves.get(key);
        Optional<StoredResponse> shared = question.route().translation().caching() == Caching.SHARED
                ? shelves.get(key.shared())
                : Optional.empty();
        Optional<StoredResponse> fresh = own.filter(response -> response.isFresh(now))
                .or(() -> shared.filter(response -> response.isFresh(now)));
        return fresh.isPresent() ? hit(question, fresh.get()) : fetchOnce(question, key, own.or(() -> shared));
    }

    private CompletionStage<UpstreamResponse> hit(Question question, StoredResponse response) {
        listener.cacheUsed(question.route().upstream(), CacheUse.HIT);
        return completedFuture(response.at(clock.instant()));
    }

    /** While one request is under way, others for the same wait: if its response may be used again, it is theirs too. */
    private CompletionStage<UpstreamResponse> fetchOnce(
            Question question, CacheKey key, Optional<StoredResponse> stale) {
        CompletableFuture<Fetched> mine = new CompletableFuture<>();
        CompletableFuture<Fetched> leading = flights.putIfAbsent(key, mine);
        if (leading != null) {
            return leading.thenCompose(fetched -> fetched.kept()
                    .filter(response -> response.isFresh(clock.instant()) && shelves.isCurrent(key, response))
                    .map(response -> hit(question, response))
                    .orElseGet(() -> fetch(question, key, stale).thenApply(Fetched::response)));
        }
        return completedFuture(stale)
                .thenCompose(held -> fetch(question, key, held)) // so that whatever it throws ends the flight too
                .whenComplete((fetched, failure) -> {
                    flights.remove(key, mine);
                    if (failure == null) {
                        mine.complete(fetched);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                })
                .thenApply(Fetched::response);
    }

    private CompletionStage<Fetched> fetch(Question question, CacheKey key, Optional<StoredResponse> stale) {
        Instant asked = clock.instant();
        long generation = shelves.generation(key.place());
        Optional<Header> validator =
                stale.filter(held -> isValidatable(question)).flatMap(StoredResponse::validator);
        return ask(question, validator).thenApply(response -> {
            boolean good = validator.isPresent() && response.status() == NOT_MODIFIED;
            listener.cacheUsed(question.route().upstream(), good ? CacheUse.REVALIDATED : CacheUse.MISS);
            UpstreamResponse current = good ? stillGood(key, stale.orElseThrow(), response) : response;
            return new Fetched(current, keep(question, key, current, asked, generation));
        });
    }

    /** Where FETCH is sent as POST, a condition would mean something else, RFC 9110 §13.1.2. */
    private static boolean isValidatable(Question question) {
        return question.request().method() == CoapMethod.GET
                || question.route().translation().fetchAs() == HttpMethod.QUERY;
    }

    private UpstreamResponse stillGood(CacheKey key, StoredResponse stale, UpstreamResponse notModified) {
        if (!stale.isMeantBy(notModified)) {
            shelves.remove(key);
            shelves.remove(key.shared());
            throw new CompletionException(new UpstreamException(
                    Refusal.UPSTREAM_RESPONSE_INVALID, "status 304 for a representation that was not asked for"));
        }
        return stale.updatedBy(notModified);
    }

    /** A response that may not be kept still ends the one before, unless it speaks of the upstream's trouble only. */
    private Optional<StoredResponse> keep(
            Question question, CacheKey key, UpstreamResponse response, Instant asked, long generation) {
        CachePolicy policy = CachePolicy.of(response);
        boolean shared = question.route().translation().caching() == Caching.SHARED && policy.isPublic();
        Duration lifetime = policy.isStaleAtOnce() ? Duration.ZERO : freshness.of(response, shared);
        StoredResponse stored = StoredResponse.of(response, asked, lifetime, generation);
        boolean useful = !lifetime.isZero()
                || (policy.isRepresentation() && stored.validator().isPresent());
        boolean may = policy.mayKeep() && !ResponseMapping.isEncodedOtherwise(question.request(), response);
        if (may || response.status() < SERVER_ERROR) {
            shelves.remove(key);
        }
        if (!may || !useful) {
            return Optional.empty();
        }
        shelves.put(shared ? key.shared() : key, stored);
        return Optional.of(stored);
    }

    private CompletionStage<UpstreamResponse> ask(Question question, Optional<Header> validator) {
        return sender.send(question.route(), question.grant(), token -> {
            UpstreamRequest request = question.http().apply(token);
            return validator.map(request::withCondition).orElse(request);
        });
    }

    /** How much all responses that are kept fill, an estimate. */
    long bytes() {
        return shelves.bytes();
    }
}
