package io.coapgate.gateway.authz;

import io.coapgate.crypto.ace.Aif;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.upstream.Audience;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All routes, as a tree by path segment. At each segment a literal wins over {@code {name}}, and either over {@code **}.
 * Immutable.
 */
public final class RouteTable {
    private final Node root = new Node();
    private final Map<Audience, ScopeSet> scopesByAudience = new HashMap<>();

    /** @throws IllegalArgumentException if two routes take the same paths */
    public RouteTable(Collection<Route> routes) {
        for (Route route : routes) {
            root.add(route, route.path().segments());
            route.requiredScopes()
                    .values()
                    .forEach(scopes -> scopesByAudience.merge(route.audience(), scopes, ScopeSet::union));
        }
    }

    public Optional<Route> match(RequestPath path) {
        return Optional.ofNullable(root.match(path.segments(), 0));
    }

    /** Every scope that some route of this audience asks for: no JWT for it needs any other. */
    public ScopeSet scopesOf(Audience audience) {
        return scopesByAudience.getOrDefault(audience, ScopeSet.EMPTY);
    }

    /** Every scope that some route asks for. */
    public ScopeSet allScopes() {
        return scopesByAudience.values().stream().reduce(ScopeSet.EMPTY, ScopeSet::union);
    }

    /** What of an AIF (RFC 9237) a device may have that holds these scopes. */
    public Aif permitted(Aif asked, ScopeSet held) {
        return ResourcePermissions.permitted(asked, held, this);
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node variable;
        private @Nullable Route here;
        private @Nullable Route rest;

        void add(Route route, List<String> segments) {
            if (segments.isEmpty()) {
                here = only(here, route);
            } else if (segments.get(0).equals(PathTemplate.REST)) {
                rest = only(rest, route);
            } else {
                child(segments.get(0)).add(route, segments.subList(1, segments.size()));
            }
        }

        private Node child(String segment) {
            if (!PathTemplate.isVariable(segment)) {
                return literals.computeIfAbsent(segment, s -> new Node());
            }
            Node child = variable == null ? new Node() : variable;
            variable = child;
            return child;
        }

        private static Route only(@Nullable Route taken, Route route) {
            if (taken != null) {
                throw new IllegalArgumentException("two routes take the same paths: " + taken + " and " + route);
            }
            return route;
        }

        @Nullable
        Route match(List<String> path, int depth) {
            if (depth == path.size()) {
                return here != null ? here : rest;
            }
            Node literal = literals.get(path.get(depth));
            Route found = literal == null ? null : literal.match(path, depth + 1);
            if (found == null && variable != null) {
                found = variable.match(path, depth + 1);
            }
            return found != null ? found : rest;
        }
    }
}
