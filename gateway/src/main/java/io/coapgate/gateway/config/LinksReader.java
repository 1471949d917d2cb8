package io.coapgate.gateway.config;

import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.discovery.Link;
import io.coapgate.gateway.discovery.LinkAttribute;
import io.coapgate.gateway.discovery.LinkCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code links} of the routes: each to a path of its own route. A route that takes one path only is a link by itself. */
final class LinksReader {
    private final RouteTable table;
    private final Map<RequestPath, Integer> lineOfTarget = new HashMap<>();
    private final List<Link> links = new ArrayList<>();

    private LinksReader(RouteTable table) {
        this.table = table;
    }

    /** @param routes all of them; if some could not be read, links are not looked at */
    static List<Link> read(Section root, List<Route> routes) {
        if (!root.isSound("routes")) {
            return List.of();
        }
        LinksReader reader = new LinksReader(new RouteTable(routes));
        root.sections("routes").forEach(reader::readRoute);
        int bytes = LinkCatalogue.bytes(reader.links);
        if (bytes > LinkCatalogue.MAX_BYTES) {
            String message =
                    "the links of all routes make a list of " + bytes + " bytes, more than " + LinkCatalogue.MAX_BYTES;
            root.problem("routes", message, "say less of them, or write links: [] on routes that devices know anyway");
        }
        return reader.links;
    }

    private void readRoute(Section route) {
        PathTemplate path = PathTemplate.parse(route.text("path"));
        List<LinkAttribute> observable = route.has("observe") ? List.of(LinkAttribute.OBSERVABLE) : List.of();
        if (route.has("links")) {
            route.sections("links").forEach(section -> readLink(section, path, observable));
        } else if (path.isLiteral()) {
            target(path.toString()).ifPresent(target -> links.add(new Link(target, observable)));
        }
    }

    /** @param observable the attribute {@code obs} (RFC 7641 §6), if the route has it */
    private void readLink(Section section, PathTemplate route, List<LinkAttribute> observable) {
        target(section, route).ifPresent(target -> {
            Integer same = lineOfTarget.putIfAbsent(target, section.position().line());
            if (same == null) {
                List<LinkAttribute> attributes = attributes(section);
                attributes.addAll(observable);
                links.add(new Link(target, attributes));
            } else {
                section.problem("path", "the link on line " + same + " has the same path", "make one of both");
            }
        });
    }

    private Optional<RequestPath> target(Section section, PathTemplate route) {
        if (!section.has("path") && !route.isLiteral()) {
            section.problem("path", "this key is missing, for the route takes many paths", "add one that it takes");
            return Optional.empty();
        }
        Optional<RequestPath> target = target(section.has("path") ? section.text("path") : route.toString());
        Optional<Route> taken =
                target.filter(path -> !RoutesReader.isOwn(path.segments())).flatMap(table::match);
        if (taken.map(Route::path).equals(Optional.of(route))) {
            return target;
        }
        String advice = taken.map(other -> "put the link to the route " + other + ", which does")
                .orElse("write one that the route takes");
        section.problem("path", "the route " + route + " does not take this path", advice);
        return Optional.empty();
    }

    /** Empty if no request can have such a path. */
    private static Optional<RequestPath> target(String path) {
        try {
            return Optional.of(RequestPath.of(PathTemplate.parse(path).segments()));
        } catch (InvalidPathException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<LinkAttribute> attributes(Section section) {
        List<LinkAttribute> attributes = new ArrayList<>();
        if (section.has("rt")) {
            attributes.add(LinkAttribute.resourceTypes(section.texts("rt")));
        }
        if (section.has("if")) {
            attributes.add(LinkAttribute.interfaces(section.texts("if")));
        }
        if (section.has("ct")) {
            attributes.add(LinkAttribute.contentFormats(
                    section.texts("ct").stream().map(Integer::valueOf).toList()));
        }
        if (section.has("sz")) {
            attributes.add(LinkAttribute.size(section.integer("sz")));
        }
        section.optionalText("title").map(LinkAttribute::title).ifPresent(attributes::add);
        return attributes;
    }
}
