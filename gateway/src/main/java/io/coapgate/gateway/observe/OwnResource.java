package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translation;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.payload.PayloadCodec;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.payload.UnknownMediaType;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.UpstreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A resource of the gateway's own that devices may observe. It is looked at as services are, which lets quotas, revocation
 * and refreshing hold for it too; but what changes is looked at at once, so that the rest is only for safety's sake.
 */
record OwnResource(Route route, Feed feed, RequestHandler handler) {
    private static final PayloadMapping AS_IT_IS =
            new PayloadMapping(PayloadCodec.PASS_THROUGH, UnknownMediaType.REFUSE, UnknownMediaType.REFUSE, 0, 0);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration REFRESH = Duration.ofHours(12);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    static OwnResource of(String path, RequestHandler handler) {
        Feed feed = new Feed.Polling(INTERVAL, REFRESH);
        Route route = new Route(
                PathTemplate.parse("/" + path),
                new UpstreamName("gateway"),
                new Audience("gateway"),
                Route.Authentication.SESSION,
                Map.of(CoapMethod.GET, ScopeSet.EMPTY), // every device; what it sees, the resource decides
                Map.of(),
                RESPONSE_TIMEOUT,
                0,
                new Translation(HttpMethod.POST, AS_IT_IS, false, Optional.of(feed), Caching.NONE),
                Optional.empty());
        return new OwnResource(route, feed, handler);
    }

    Observed at(RequestTarget target) {
        return new Observed(route, target, feed);
    }
}
