package io.coapgate.gateway.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.Authorizer;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.Decision;
import io.coapgate.gateway.authz.RequestQuery;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.token.SessionTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All links, and who may see which: those who may use some method of the route behind it. Thread-safe. */
public final class LinkCatalogue {
    /** A longer list of links is not published. */
    public static final int MAX_BYTES = 64 * 1024;

    /** CoAP's default, RFC 7252 §5.10.5: soon enough for a device that has just brought a token. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final List<Offer> offers;
    private final List<Link> forAll;
    private final Authorizer authorizer;
    private final SessionTokens sessionTokens;

    private record Offer(Route route, List<Link> links) {}

    /**
     * @param text in application/link-format
     * @param end when the device may have to ask again
     */
    record Selection(String text, Instant end) {}

    /**
     * @param links each to a path that a route takes, at most {@link #MAX_BYTES} together
     * @param forAll the gateway's own resources, which every authenticated device may know
     * @throws IllegalArgumentException if no route takes a link, or they are too long
     */
    public LinkCatalogue(List<Link> links, List<Link> forAll, RouteTable routes, SessionTokens sessionTokens) {
        this.offers = offers(links, routes);
        this.forAll = List.copyOf(forAll);
        this.authorizer = new Authorizer(routes);
        this.sessionTokens = sessionTokens;
    }

    private static List<Offer> offers(List<Link> links, RouteTable routes) {
        if (bytes(links) > MAX_BYTES) {
            throw new IllegalArgumentException("the links have more than " + MAX_BYTES + " bytes");
        }
        Map<Route, List<Link>> byRoute = new LinkedHashMap<>();
        for (Link link : links) {
            Route route = routes.match(link.target())
                    .orElseThrow(() -> new IllegalArgumentException("no route takes " + link.target()));
            byRoute.computeIfAbsent(route, r -> new ArrayList<>()).add(link);
        }
        return byRoute.entrySet().stream()
                .map(entry -> new Offer(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** How long a list of all these links is, in application/link-format. */
    public static int bytes(List<Link> links) {
        return text(links).getBytes(UTF_8).length;
    }

    private static String text(List<Link> links) {
        return links.stream().map(Link::text).collect(joining(","));
    }

    /** The links that match every filter and that this device may use at this time. */
    Selection select(AuthenticatedDevice device, List<LinkFilter> filters, Instant now) {
        List<VerifiedCwt> tokens = sessionTokens.validAt(device.session(), now);
        List<Link> selected = new ArrayList<>();
        Instant end = now.plus(MAX_AGE);
        for (Offer offer : offers) {
            for (Link link : matching(offer.links(), filters)) {
                Optional<Instant> grantEnd = grantEnd(device, offer.route(), link, tokens, now);
                if (grantEnd.isPresent()) {
                    selected.add(link);
                    end = grantEnd.get().isBefore(end) ? grantEnd.get() : end;
                }
            }
        }
        selected.addAll(matching(forAll, filters));
        return new Selection(text(selected), end);
    }

    private static List<Link> matching(List<Link> links, List<LinkFilter> filters) {
        return links.stream()
                .filter(link -> filters.stream().allMatch(filter -> filter.matches(link)))
                .toList();
    }

    /** When the grant of some method on this link ends; empty if the device may use none. */
    private Optional<Instant> grantEnd(
            AuthenticatedDevice device, Route route, Link link, List<VerifiedCwt> tokens, Instant now) {
        RequestTarget target = new RequestTarget(link.target(), RequestQuery.NONE);
        for (CoapMethod method : route.requiredScopes().keySet()) {
            Decision decision = authorizer.decide(device, route, target, method, tokens, now);
            if (decision instanceof Decision.Granted granted) {
                return Optional.of(granted.notAfter());
            }
        }
        return Optional.empty();
    }
}
