package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.upstream.UpstreamName;
import java.util.OptionalInt;

/** What observers have in common who may share a poll: they would all send the same request. */
record Representation(UpstreamName upstream, String route, CoapMethod method, String target, OptionalInt accept) {
    static Representation of(Observation observation) {
        Observed observed = observation.observed();
        return new Representation(
                observed.route().upstream(),
                observed.route().toString(),
                observation.request().method(),
                observed.target().encoded(),
                observation.request().accept());
    }

    /** What a FETCH asks for stands in its payload, and its answer is nobody else's: to HTTP it is a POST. */
    boolean isShareable() {
        return method == CoapMethod.GET;
    }
}
