package io.coapgate.gateway;

import io.coapgate.gateway.ace.AceErrors;
import io.coapgate.gateway.ace.AuthzInfo;
import io.coapgate.gateway.ace.IntrospectEndpoint;
import io.coapgate.gateway.ace.RevokedEndpoint;
import io.coapgate.gateway.ace.TokenEndpoint;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.discovery.Discovery;
import io.coapgate.gateway.discovery.Link;
import io.coapgate.gateway.discovery.LinkAttribute;
import io.coapgate.gateway.discovery.LinkCatalogue;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.observe.Observations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** What the gateway itself answers under a path of its own, whatever the routes say. */
final class OwnResources {
    /** What routes can't have. */
    private static final List<List<String>> PATHS = List.of(
            List.of(AuthzInfo.PATH),
            List.of(TokenEndpoint.PATH),
            List.of(IntrospectEndpoint.PATH),
            List.of(RevokedEndpoint.PATH),
            Discovery.PATH);

    private final Map<List<String>, RequestHandler> byPath = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final TokenServices tokens;

    /** @param signatures runs what makes tokens, which takes too long for a CoAP thread */
    OwnResources(
            GatewayConfig config,
            RouteTable routes,
            TokenServices tokens,
            ExchangeListener listener,
            Clock clock,
            Executor signatures) {
        this.tokens = tokens;
        int maxTokenBytes = config.admission().policy().maxBytes();
        add(
                AuthzInfo.PATH,
                new AuthzInfo(tokens.intake(), maxTokenBytes, listener, clock),
                LinkAttribute.resourceTypes(List.of("ace.ai")), // RFC 9200 §8.2, which has none for the others
                LinkAttribute.contentFormats(List.of(ContentFormat.CWT, ContentFormat.ACE_CBOR)));
        tokens.issuing()
                .ifPresent(issuing -> add(
                        IntrospectEndpoint.PATH,
                        new IntrospectEndpoint(issuing.introspection(), clock, signatures),
                        LinkAttribute.contentFormats(List.of(ContentFormat.ACE_CBOR))));
        tokens.issuing()
                .ifPresent(issuing -> add(
                        RevokedEndpoint.PATH,
                        new RevokedEndpoint(issuing.revocations(), clock, signatures),
                        LinkAttribute.OBSERVABLE,
                        LinkAttribute.contentFormats(List.of(ContentFormat.ACE_TRL_CBOR))));
        tokens.issuing()
                .ifPresent(issuing -> add(
                        TokenEndpoint.PATH,
                        new TokenEndpoint(issuing.server(), clock, signatures),
                        LinkAttribute.contentFormats(List.of(ContentFormat.ACE_CBOR))));
        byPath.put(
                Discovery.PATH,
                new Discovery(new LinkCatalogue(config.links(), links, routes, tokens.sessions()), clock));
    }

    /** Lets devices observe what changes by itself. */
    OwnResources observedBy(Observations observations) {
        RequestHandler revoked = byPath.get(List.of(RevokedEndpoint.PATH));
        if (revoked != null) {
            Runnable changed = observations.addOwn(RevokedEndpoint.PATH, revoked);
            tokens.issuing().orElseThrow().tokens().onChange(change -> changed.run());
        }
        return this;
    }

    private void add(String path, RequestHandler handler, LinkAttribute... attributes) {
        try {
            links.add(new Link(RequestPath.of(List.of(path)), List.of(attributes)));
        } catch (InvalidPathException e) {
            throw new IllegalStateException(e);
        }
        byPath.put(List.of(path), handler);
    }

    /**
     * By the segments of their path.
     *
     * @param guard put around each
     */
    Map<List<String>, RequestHandler> guarded(UnaryOperator<RequestHandler> guard) {
        Map<List<String>, RequestHandler> guarded = new LinkedHashMap<>();
        byPath.forEach((path, handler) -> guarded.put(path, inForm(path, guard.apply(handler))));
        return guarded;
    }

    private static RequestHandler inForm(List<String> path, RequestHandler guarded) {
        boolean ofAce = path.equals(List.of(TokenEndpoint.PATH)) || path.equals(List.of(IntrospectEndpoint.PATH));
        return ofAce ? new AceErrors(guarded) : guarded;
    }

    static boolean contain(List<String> path) {
        return PATHS.contains(path);
    }
}
