package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;

/** What is observed, and how its changes are noticed. */
record Observed(Route route, RequestTarget target, Feed feed) {}
