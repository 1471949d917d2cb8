package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.TokenExchangeName;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which token exchange a route takes: the one that it names, or else the one that lists its audience. */
final class ExchangeChoice {
    private final Section exchanges;
    private final Map<String, String> byAudience = new HashMap<>();

    ExchangeChoice(Section root) {
        this.exchanges = root.section("token-exchange");
        for (String name : exchanges.keys()) {
            if (exchanges.isSound(name)) {
                list(name, exchanges.section(name));
            }
        }
    }

    private void list(String name, Section section) {
        for (String audience : section.texts("audiences")) {
            String other = byAudience.putIfAbsent(audience, name);
            if (other != null) {
                String message = Quoted.of(audience) + " is listed by token-exchange." + other + " too";
                section.problem("audiences", message, "let one of them have it");
            }
        }
    }

    /** Empty for the gateway's own signer, or after reporting a problem. */
    Optional<TokenExchangeName> of(Section route) {
        String name = route.has("token-exchange")
                ? route.text("token-exchange")
                : byAudience.getOrDefault(route.text("audience"), TokenExchangeName.LOCAL);
        if (name.equals(TokenExchangeName.LOCAL)) {
            return Optional.empty();
        }
        List<String> known = exchanges.keys();
        if (!known.contains(name)) {
            String all = known.isEmpty() ? "define it under token-exchange" : "known are " + String.join(", ", known);
            String message = "no token exchange is called " + Quoted.of(name);
            route.problem("token-exchange", message, NearestName.advice(name, known, all));
            return Optional.empty();
        }
        checkResource(route, name);
        return exchanges.isSound(name) ? Optional.of(new TokenExchangeName(name)) : Optional.empty();
    }

    /** RFC 8707 §2: a resource is an absolute URI without fragment. */
    private void checkResource(Section route, String name) {
        if (exchanges.isSound(name)
                && exchanges.section(name).text("audience-parameter").equals("resource")
                && !isResource(route.text("audience"))) {
            String message = "is no absolute URI, but token-exchange." + name + " sends it as a resource (RFC 8707)";
            route.problem("audience", message, "write, for example, https://backend.example");
        }
    }

    private static boolean isResource(String audience) {
        try {
            URI uri = URI.create(audience);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
