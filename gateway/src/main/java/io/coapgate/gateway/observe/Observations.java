package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Decision;
import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceExchange;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.Quota;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every observation that stands. Thread-safe; blocks nobody. */
public final class Observations {
    private final RouteTable routes;
    private final Reauthorization reauthorization;
    private final Polls polls;
    private final EventFeeds feeds;
    private final Quota quota;
    private final ExchangeListener listener;
    private final Timers timers;
    private final Set<Observation> standing = ConcurrentHashMap.newKeySet();
    private final Map<List<String>, OwnResource> own = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param exchange answers polls as if the device had asked, and opens streams of events */
    public Observations(
            RouteTable routes,
            Reauthorization reauthorization,
            DeviceExchange exchange,
            ObservationSettings settings,
            ExchangeListener listener,
            Timers timers) {
        this.routes = routes;
        this.reauthorization = reauthorization;
        this.polls = new Polls(
                request -> {
                    OwnResource resource = own.get(request.pathSegments());
                    return resource == null
                            ? exchange.poll(request)
                            : resource.handler().handle(request);
                },
                timers);
        this.feeds = new EventFeeds(exchange, timers);
        this.quota = new Quota(settings.maxObservations(), settings.maxObservationsPerDevice());
        this.listener = listener;
        this.timers = timers;
    }

    /**
     * Lets a resource of the gateway's own be observed, by whoever may get it.
     *
     * @param path one segment
     * @param handler answers GET; each device gets a representation of its own
     * @return to be run whenever it may have changed, from any thread
     */
    public Runnable addOwn(String path, RequestHandler handler) {
        OwnResource resource = OwnResource.of(path, handler);
        own.put(List.of(path), resource);
        return () -> standing.stream()
                .filter(observation -> observation.observed().route().equals(resource.route()))
                .forEach(Observation::hurry);
    }

    /**
     * Begins an observation with the answer to the request that asks for it.
     *
     * @param answer what the request was answered with
     * @return empty if nothing is observed: the request did not succeed, its route has no feed, or there are too many
     */
    public Optional<Observation> register(DeviceRequest request, DeviceResponse answer, Observer observer) {
        if (closed || !isObservable(request) || !isRepresentation(answer)) {
            return Optional.empty();
        }
        return observed(request).flatMap(observed -> begin(request, observed, answer, observer));
    }

    /** As {@code Cache-Key} and safe method allow, RFC 7641 §2 and RFC 8132 §2.4; a condition on one state has no future. */
    private static boolean isObservable(DeviceRequest request) {
        return request.method().isSafe() && !request.preconditions().canFail();
    }

    private static boolean isRepresentation(DeviceResponse answer) {
        boolean whole = answer.options().block2().isEmpty();
        return whole && (answer.code() == CoapCode.CONTENT || answer.code() == CoapCode.VALID);
    }

    private Optional<Observed> observed(DeviceRequest request) {
        try {
            RequestTarget target = RequestTarget.of(request.pathSegments(), request.queryArguments());
            OwnResource resource = own.get(request.pathSegments());
            if (resource != null) {
                return Optional.of(resource.at(target));
            }
            return routes.match(target.path())
                    .flatMap(route -> route.translation().feed().map(feed -> new Observed(route, target, feed)));
        } catch (InvalidPathException e) {
            return Optional.empty(); // and yet a representation: the gateway's own
        }
    }

    private Optional<Observation> begin(
            DeviceRequest request, Observed observed, DeviceResponse answer, Observer observer) {
        Decision decision = reauthorization.decide(request, observed);
        if (!(decision instanceof Decision.Granted)) {
            return Optional.empty(); // it has ended since; the next request is told so
        }
        if (quota.take(request.device().id()) != Quota.Answer.TAKEN) {
            listener.observationDeclined(request.device().id());
            return Optional.empty();
        }
        Observation observation = new Observation(this, request, observed, observer, answer);
        standing.add(observation);
        listener.observationBegan(request.device().id());
        polls.start(observation, observed.feed().polling(), answer.isPublic());
        if (observed.feed() instanceof Feed.Events events) {
            feeds.start(observation, events);
        }
        if (closed) { // meanwhile
            observation.end(ObservationEnd.SHUTDOWN);
        }
        return observation.isOver() ? Optional.empty() : Optional.of(observation);
    }

    /** Ends those whose devices may not have them any more, with 4.01 or whatever says why. @return how many */
    public int recheck() {
        int before = standing.size();
        standing.forEach(Observation::isPermitted);
        return before - standing.size();
    }

    /** Ends those of one session that its tokens do not allow any more. */
    public void recheck(SessionId session) {
        standing.stream()
                .filter(observation -> observation.request().device().session().equals(session))
                .forEach(Observation::isPermitted);
    }

    /** How many stand. */
    public int count() {
        return standing.size();
    }

    /** Takes no more, and tells those who observe that they must ask another gateway. May be called again. */
    public void close() {
        closed = true;
        standing.forEach(
                observation -> observation.end(ObservationEnd.SHUTDOWN, Refusals.response(Refusal.SHUTTING_DOWN)));
    }

    void ended(Observation observation, ObservationEnd reason) {
        standing.remove(observation);
        feeds.end(observation);
        quota.release(observation.request().device().id());
        listener.observationEnded(observation.request().device().id(), reason);
    }

    Reauthorization reauthorization() {
        return reauthorization;
    }

    Timers timers() {
        return timers;
    }
}
