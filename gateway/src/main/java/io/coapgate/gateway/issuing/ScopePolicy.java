package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;

/** Cuts what is asked for down to what the registry gives the device and the audience knows (RFC 6749 §3.3). */
final class ScopePolicy {
    private final RouteTable routes;

    ScopePolicy(RouteTable routes) {
        this.routes = routes;
    }

    GrantedScope grant(Optional<AceScope> asked, Device device, TokenAudience audience) throws GrantRefusedException {
        ScopeSet allowed = audience.scopes().intersection(device.scopes());
        if (allowed.isEmpty()) {
            throw new GrantRefusedException(Refusal.GRANT_UNAUTHORIZED);
        }
        if (asked.isEmpty()) {
            return new GrantedScope(AceScope.of(allowed.text()), false);
        }
        if (asked.get() instanceof AceScope.OfText words) {
            return ofText(words.text(), allowed);
        }
        if (audience.isOwn()) {
            return ofResources(((AceScope.OfBytes) asked.get()).bytes(), allowed);
        }
        throw new GrantRefusedException(Refusal.GRANT_SCOPE); // what bytes mean elsewhere is not known
    }

    /** Methods on single resources: those for which the device holds what the route asks for (RFC 9237). */
    private GrantedScope ofResources(byte[] asked, ScopeSet allowed) throws GrantRefusedException {
        try {
            Aif wanted = Aif.decode(asked);
            Aif granted = routes.permitted(wanted, allowed);
            if (!granted.permissions().isEmpty()) {
                return new GrantedScope(AceScope.of(granted.encode()), granted.equals(wanted));
            }
        } catch (AceFormatException e) {
            // no AIF: refused like one that grants nothing
        }
        throw new GrantRefusedException(Refusal.GRANT_SCOPE);
    }

    private static GrantedScope ofText(String asked, ScopeSet allowed) throws GrantRefusedException {
        ScopeSet wanted = parse(asked);
        ScopeSet granted = wanted.intersection(allowed);
        if (granted.isEmpty()) {
            throw new GrantRefusedException(Refusal.GRANT_SCOPE);
        }
        return new GrantedScope(AceScope.of(granted.text()), granted.equals(wanted));
    }

    private static ScopeSet parse(String text) throws GrantRefusedException {
        try {
            return ScopeSet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new GrantRefusedException(Refusal.GRANT_SCOPE);
        }
    }
}
