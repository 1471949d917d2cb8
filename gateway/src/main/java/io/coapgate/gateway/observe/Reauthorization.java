package io.coapgate.gateway.observe;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.Authorizer;
import io.coapgate.gateway.authz.Decision;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.CreationHintsPolicy;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.SessionTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Asks anew whether a device may have what it once was granted. Thread-safe; blocks nobody. */
public final class Reauthorization {
    private final Authorizer authorizer;
    private final SessionTokens sessionTokens;
    private final CreationHintsPolicy hints;
    private final Clock clock;

    public Reauthorization(RouteTable routes, SessionTokens sessionTokens, CreationHintsPolicy hints, Clock clock) {
        this.authorizer = new Authorizer(routes);
        this.sessionTokens = sessionTokens;
        this.hints = hints;
        this.clock = clock;
    }

    Decision decide(DeviceRequest request, Observed observed) {
        Instant now = clock.instant();
        AuthenticatedDevice device = request.device();
        List<VerifiedCwt> tokens = sessionTokens.validAt(device.session(), now);
        return authorizer.decide(device, observed.route(), observed.target(), request.method(), tokens, now);
    }

    /** The last that the device hears: where to get a token, if that is what it lacks. */
    DeviceResponse farewell(Refusal reason, DeviceRequest request, Route route) {
        return hints.refusal(reason, route.scopesRequiredFor(request.method()), request.device());
    }
}
