package io.coapgate.gateway;

import io.coapgate.gateway.ace.AuthzInfo;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.discovery.Discovery;
import io.coapgate.gateway.discovery.Link;
import io.coapgate.gateway.discovery.LinkAttribute;
import io.coapgate.gateway.discovery.LinkCatalogue;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.token.SessionTokens;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the gateway itself answers under a path of its own, whatever the routes say. */
final class OwnResources {
    private static final List<String> AUTHZ_INFO = List.of(AuthzInfo.PATH);

    private OwnResources() {}

    /**
     * By the segments of their path.
     *
     * @param guard put around each
     */
    static Map<List<String>, RequestHandler> of(
            RequestHandler authzInfo, RequestHandler discovery, UnaryOperator<RequestHandler> guard) {
        return Map.of(AUTHZ_INFO, guard.apply(authzInfo), Discovery.PATH, guard.apply(discovery));
    }

    static boolean contain(List<String> path) {
        return path.equals(AUTHZ_INFO) || path.equals(Discovery.PATH);
    }

    static Discovery discovery(GatewayConfig config, RouteTable routes, SessionTokens sessions, Clock clock) {
        return new Discovery(new LinkCatalogue(config.links(), List.of(authzInfo()), routes, sessions), clock);
    }

    /** Its resource type is registered by RFC 9200 §8.2. */
    private static Link authzInfo() {
        try {
            return new Link(
                    RequestPath.of(AUTHZ_INFO),
                    List.of(
                            LinkAttribute.resourceTypes(List.of("ace.ai")),
                            LinkAttribute.contentFormats(List.of(ContentFormat.CWT, ContentFormat.ACE_CBOR))));
        } catch (InvalidPathException e) {
            throw new IllegalStateException(e);
        }
    }
}
