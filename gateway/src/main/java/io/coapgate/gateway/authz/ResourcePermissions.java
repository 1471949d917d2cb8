package io.coapgate.gateway.authz;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.gateway.device.ScopeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which methods an AIF (RFC 9237) allows on which resources. A resource is one path with one query: what begins alike is
 * another one. Immutable.
 *
 * <p>Methods on what a resource leads to (RFC 9237 §2.3) allow nothing: the gateway does not remember who created what.
 */
final class ResourcePermissions {
    private static final ResourcePermissions NONE = new ResourcePermissions(Map.of());

    private final Map<String, Long> methodsByTarget;

    private ResourcePermissions(Map<String, Long> methodsByTarget) {
        this.methodsByTarget = methodsByTarget;
    }

    /** Those of a token's scope; none if it is no AIF, or names what no request can ask for. */
    static ResourcePermissions of(byte[] scope) {
        try {
            Map<String, Long> methods = new HashMap<>();
            for (Aif.Permission permission : Aif.decode(scope).permissions()) {
                methods.merge(LocalUri.parse(permission.path()).encoded(), permission.methods(), (a, b) -> a & b);
            }
            return new ResourcePermissions(Map.copyOf(methods));
        } catch (AceFormatException | InvalidPathException e) {
            return NONE;
        }
    }

    boolean allow(RequestTarget target, CoapMethod method) {
        return (methods(target) & method.bit()) != 0;
    }

    /** Whether some method is allowed. */
    boolean cover(RequestTarget target) {
        return methods(target) != 0;
    }

    private long methods(RequestTarget target) {
        return methodsByTarget.getOrDefault(target.encoded(), 0L);
    }

    /** What of an AIF somebody may have who holds these scopes; what no route takes, and dynamic methods, nobody has. */
    static Aif permitted(Aif asked, ScopeSet held, RouteTable routes) {
        List<Aif.Permission> permitted = new ArrayList<>();
        for (Aif.Permission permission : asked.permissions()) {
            long methods = permission.methods() & reachable(permission.path(), held, routes);
            if (methods != 0) {
                permitted.add(new Aif.Permission(permission.path(), methods));
            }
        }
        return new Aif(permitted);
    }

    private static long reachable(String path, ScopeSet held, RouteTable routes) {
        try {
            Optional<Route> route = routes.match(LocalUri.parse(path).path());
            long methods = 0;
            for (CoapMethod method : CoapMethod.values()) {
                ScopeSet required =
                        route.map(Route::requiredScopes).orElse(Map.of()).get(method);
                methods |= required != null && held.containsAll(required) ? method.bit() : 0;
            }
            return methods;
        } catch (InvalidPathException e) {
            return 0;
        }
    }
}
