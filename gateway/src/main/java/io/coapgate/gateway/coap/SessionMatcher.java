package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers apart by their DTLS session, not by their address. A device whose address changes under way (NAT, RFC 9146)
 * is still recognised when it retransmits, and no answer can reach another session at the same address.
 */
final class SessionMatcher implements EndpointContextMatcher {
    private final Function<Principal, Optional<AuthenticatedDevice>> deviceOf;

    SessionMatcher(Function<Principal, Optional<AuthenticatedDevice>> deviceOf) {
        this.deviceOf = deviceOf;
    }

    @Override
    public String getName() {
        return "session";
    }

    /** The session's proof, one instance per session; a peer without one is known by its address and refused later. */
    @Override
    public Object getEndpointIdentity(EndpointContext context) {
        return device(context).<Object>map(device -> device).orElse(context.getPeerAddress());
    }

    @Override
    public boolean isResponseRelatedToRequest(EndpointContext request, EndpointContext response) {
        return isSameSession(request, response);
    }

    /** @param connection null if there is no session any more: then there is nobody to answer */
    @Override
    public boolean isToBeSent(EndpointContext message, @Nullable EndpointContext connection) {
        return connection != null && isSameSession(message, connection);
    }

    private boolean isSameSession(EndpointContext a, EndpointContext b) {
        Optional<AuthenticatedDevice> device = device(a);
        return device.isPresent() && device.equals(device(b));
    }

    private Optional<AuthenticatedDevice> device(EndpointContext context) {
        Principal principal = context.getPeerIdentity();
        return principal == null ? Optional.empty() : deviceOf.apply(principal);
    }

    @Override
    public String toRelevantState(EndpointContext context) {
        return device(context).map(AuthenticatedDevice::toString).orElse("no session");
    }
}
