package io.coapgate.gateway;

import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.exchange.DeviceRequest;

/**
 * Says for the log where a refused request was to go: the route's template, which the operator wrote. Only if there is no
 * such route does the log show the path itself, percent-encoded and cut.
 */
final class RequestedRoute {
    private static final int MAX_PATH = 64;

    private final RouteTable routes;

    RequestedRoute(RouteTable routes) {
        this.routes = routes;
    }

    /** {@code route=/telemetry/**}, or {@code path=/telemetri}. */
    String text(DeviceRequest request) {
        if (OwnResources.contain(request.pathSegments())) {
            return "route=/" + String.join("/", request.pathSegments());
        }
        try {
            RequestPath path = RequestPath.of(request.pathSegments());
            return routes.match(path).map(route -> "route=" + route).orElseGet(() -> "path=" + cut(path.encoded()));
        } catch (InvalidPathException e) {
            return "path=invalid"; // an encoding could not make it harmless for whatever reads the log
        }
    }

    private static String cut(String encoded) {
        return encoded.length() <= MAX_PATH ? encoded : encoded.substring(0, MAX_PATH) + "…";
    }
}
