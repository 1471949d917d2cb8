package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.Authorizer;
import io.coapgate.gateway.authz.Decision;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.ExternalExchange;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BodyReader;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One request of an authenticated device, from its path to the upstream's answer. Thread-safe; never blocks. */
public final class DeviceExchange implements RequestHandler {
    private final RouteTable routes;
    private final Authorizer authorizer;
    private final SessionTokens sessionTokens;
    private final Forwarder forwarder;
    private final CreationHintsPolicy hints;
    private final EchoFreshness freshness;
    private final Clock clock;

    public DeviceExchange(
            RouteTable routes,
            SessionTokens sessionTokens,
            Forwarder forwarder,
            CreationHintsPolicy hints,
            EchoFreshness freshness,
            Clock clock) {
        this.routes = routes;
        this.authorizer = new Authorizer(routes);
        this.sessionTokens = sessionTokens;
        this.forwarder = forwarder;
        this.hints = hints;
        this.freshness = freshness;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        return answer(request, false);
    }

    /** As {@link #handle}, but what is kept for use again is no answer: for those who look out for news. */
    public CompletionStage<DeviceResponse> poll(DeviceRequest request) {
        return answer(request, true);
    }

    private CompletionStage<DeviceResponse> answer(DeviceRequest request, boolean poll) {
        Instant now = clock.instant();
        List<VerifiedCwt> tokens = sessionTokens.validAt(request.device().session(), now);
        RequestTarget target;
        try {
            target = RequestTarget.of(request.pathSegments(), request.queryArguments());
        } catch (InvalidPathException e) {
            return refused(e.reason());
        }
        Optional<Route> match = routes.match(target.path());
        if (match.isEmpty()) {
            return refusedUnknownPath(request.device(), tokens, now);
        }
        Route route = match.get();
        Decision decision = authorizer.decide(request.device(), route, target, request.method(), tokens, now);
        if (decision instanceof Decision.Denied denied) {
            return refused(denied.reason(), route.scopesRequiredFor(request.method()), request.device());
        }
        Optional<DeviceResponse> stale = freshness.refusal(request, route);
        if (stale.isPresent()) {
            return completedFuture(stale.get());
        }
        TokenRequest grant = grant(request.device(), route, (Decision.Granted) decision);
        return forwarder.forward(request, target, route, grant, poll);
    }

    /**
     * Opens a stream of events for a device that observes, past what is asked of a single request.
     *
     * @param request what is observed
     * @param target what is asked for the stream, in origin-form of RFC 9112 §3.2.1
     * @param granted the proof that the device may have what the stream says
     * @param lastEventId where to go on
     * @return completed exceptionally if there is no JWT to be had; all else is for the reader to see
     */
    public CompletionStage<EventStream> events(
            DeviceRequest request,
            String target,
            Route route,
            Decision.Granted granted,
            Optional<String> lastEventId,
            BodyReader reader) {
        return forwarder.events(request, target, route, grant(request.device(), route, granted), lastEventId, reader);
    }

    private static TokenRequest grant(AuthenticatedDevice device, Route route, Decision.Granted granted) {
        Device record = device.device();
        return new TokenRequest(
                record.id(),
                record.tenant(),
                route.audience(),
                granted.scopes(),
                granted.notAfter(),
                claims(route, record),
                device.sessionKey(),
                route.tokenExchange().map(name -> new ExternalExchange(name, record.oauthClient())));
    }

    private static Map<String, String> claims(Route route, Device device) {
        if (route.claims().isEmpty()) {
            return Map.of();
        }
        Map<String, String> claims = new HashMap<>();
        route.claims().forEach((attribute, claim) -> {
            String value = device.attributes().get(attribute);
            if (value != null) {
                claims.put(claim, value);
            }
        });
        return claims;
    }

    /** Only a device that may do something here learns that a path is not there. */
    private CompletionStage<DeviceResponse> refusedUnknownPath(
            AuthenticatedDevice device, List<VerifiedCwt> tokens, Instant now) {
        Optional<Refusal> fallen = device.standing(now);
        if (fallen.isPresent()) {
            return refused(fallen.get(), ScopeSet.EMPTY, device);
        }
        boolean mayKnow = !tokens.isEmpty() || !device.device().scopes().isEmpty();
        return mayKnow ? refused(Refusal.ROUTE_UNKNOWN) : refused(Refusal.TOKEN_MISSING, ScopeSet.EMPTY, device);
    }

    private CompletionStage<DeviceResponse> refused(Refusal reason, ScopeSet required, AuthenticatedDevice device) {
        return completedFuture(hints.refusal(reason, required, device));
    }

    private static CompletionStage<DeviceResponse> refused(Refusal reason) {
        return completedFuture(Refusals.response(reason));
    }
}
