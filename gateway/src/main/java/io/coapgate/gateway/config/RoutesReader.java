package io.coapgate.gateway.config;

import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translation;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.payload.PayloadCodec;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.payload.UnknownMediaType;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.TokenExchangeName;
import io.coapgate.gateway.upstream.UpstreamName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code routes}: to known upstreams, each path once, and none that the gateway answers itself. */
final class RoutesReader {
    private static final Set<String> OWN_RESOURCES =
            Set.of("authz-info", "token", "introspect", "revoked", ".well-known");

    private static final String RANGE = "range";

    private final Section root;
    private final ExchangeChoice exchanges;
    private final Map<String, Integer> lineOfPath = new HashMap<>();

    RoutesReader(Section root) {
        this.root = root;
        this.exchanges = new ExchangeChoice(root);
    }

    List<Route> read() {
        List<Route> routes = new ArrayList<>();
        for (Section section : root.sections("routes")) {
            checkUpstream(section);
            ClaimsReader.check(section);
            checkBody(section);
            checkDownload(section);
            path(section).flatMap(path -> route(section, path)).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(Section section, PathTemplate path) {
        Optional<TokenExchangeName> exchange = exchanges.of(section);
        section.checkPositive("response-timeout", "10s");
        if (section.has("freshness")) {
            section.checkPositive("freshness", "30s");
        }
        if (section.text("download").equals(RANGE) && !section.text("cache").equals("none")) {
            section.problem("cache", "nothing is kept of what comes in ranges", "write none, or download: whole");
        }
        if (!section.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new Route(
                path,
                new UpstreamName(section.text("upstream")),
                new Audience(section.text("audience")),
                Route.Authentication.valueOf(section.text("authenticate").toUpperCase(Locale.ROOT)),
                methods(section.section("methods")),
                section.textByName("claims"),
                section.duration("response-timeout"),
                section.size("max-body"),
                translation(section),
                section.has("freshness") ? Optional.of(section.duration("freshness")) : Optional.empty(),
                exchange));
    }

    private Translation translation(Section section) {
        Section upstream = root.section("upstreams").section(section.text("upstream"));
        PayloadMapping payload = new PayloadMapping(
                PayloadCodec.valueOf(constant(section.text("codec"))),
                UnknownMediaType.valueOf(constant(section.text("unknown-content-format"))),
                UnknownMediaType.valueOf(constant(section.text("unknown-media-type"))),
                section.size("max-body"),
                upstream.size("max-response-bytes"));
        return new Translation(
                HttpMethod.valueOf(section.text("fetch-as")),
                payload,
                section.text("download").equals(RANGE),
                FeedReader.read(section),
                Caching.valueOf(constant(section.text("cache"))));
    }

    private static String constant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<CoapMethod, ScopeSet> methods(Section section) {
        Map<CoapMethod, ScopeSet> methods = new EnumMap<>(CoapMethod.class);
        for (String name : section.keys()) {
            methods.put(
                    CoapMethod.named(name).orElseThrow(),
                    ScopeSet.of(section.texts(name).toArray(String[]::new)));
        }
        return methods;
    }

    private void checkUpstream(Section section) {
        List<String> known = root.section("upstreams").keys();
        String name = section.text("upstream");
        if (!known.contains(name)) {
            String message = "no upstream is called " + Quoted.of(name);
            String all = known.isEmpty() ? "define it under upstreams" : "known are " + String.join(", ", known);
            section.problem("upstream", message, NearestName.advice(name, known, all));
        }
    }

    private void checkBody(Section section) {
        if (root.isSound("coap")
                && section.size("max-body") > root.section("coap").size("max-body")) {
            String message = "is more than coap.max-body, so that such a body would never arrive";
            section.problem("max-body", message, "make this smaller or that larger");
        }
    }

    /** An upstream's answer has to hold a range, and a range crosses as it is. */
    private void checkDownload(Section section) {
        boolean converted = !section.text("codec").equals("pass-through");
        if (section.text("download").equals(RANGE) && converted) {
            section.problem("codec", "can't convert a part of a body", "take it out, or download: range");
        }
        Section upstreams = root.section("upstreams");
        String upstream = section.text("upstream");
        if (section.text("download").equals(RANGE)
                && upstreams.keys().contains(upstream)
                && upstreams.isSound(upstream)
                && upstreams.section(upstream).size("max-response-bytes") < Translation.RANGE_BYTES) {
            String message =
                    "range asks for 32KiB at a time, but upstreams." + upstream + ".max-response-bytes is less";
            section.problem("download", message, "make that 32KiB or more");
        }
    }

    private Optional<PathTemplate> path(Section section) {
        try {
            PathTemplate path = PathTemplate.parse(section.text("path"));
            List<String> segments = path.segments();
            if (isOwn(segments)) {
                String message = "the gateway answers /" + segments.get(0) + " itself";
                section.problem("path", message, "choose another path");
                return Optional.empty();
            }
            return checkOnce(section, path);
        } catch (IllegalArgumentException e) {
            section.problem("path", "is not a path template", "no segment may be . or ..");
            return Optional.empty();
        }
    }

    /** Whether the gateway answers this path itself, whatever the routes say. */
    static boolean isOwn(List<String> segments) {
        return !segments.isEmpty() && OWN_RESOURCES.contains(segments.get(0));
    }

    /** Two templates that differ in the names of their variables only take the same paths. */
    private Optional<PathTemplate> checkOnce(Section section, PathTemplate path) {
        String shape = path.toString().replaceAll("\\{[^}]*}", "{}");
        Integer same = lineOfPath.putIfAbsent(shape, section.position("path").line());
        if (same != null) {
            section.problem("path", "the route on line " + same + " takes the same paths", "put both into one route");
            return Optional.empty();
        }
        return Optional.of(path);
    }
}
