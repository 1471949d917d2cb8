package io.coapgate.gateway.exchange;

import java.util.List;

/**
 * Where a new resource is: the Location-Path and Location-Query options, RFC 7252 §5.10.7.
 *
 * @param path decoded segments
 * @param query decoded arguments
 */
public record Location(List<String> path, List<String> query) {
    public Location {
        path = List.copyOf(path);
        query = List.copyOf(query);
    }
}
