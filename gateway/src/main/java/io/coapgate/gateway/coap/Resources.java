package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who answers which path.
 *
 * @param own the gateway's own resources, by the segments of their path
 * @param forward handles everything else
 */
public record Resources(Map<List<String>, RequestHandler> own, RequestHandler forward) {
    public Resources {
        own = Map.copyOf(own);
    }

    Optional<RequestHandler> ownAt(List<String> path) {
        return Optional.ofNullable(own.get(path));
    }
}
