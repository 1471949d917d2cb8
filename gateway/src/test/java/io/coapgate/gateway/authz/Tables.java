package io.coapgate.gateway.authz;

import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.UpstreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Route tables for tests. */
public final class Tables {
    private Tables() {}

    /** {@code /temp/**} wants a token: {@code read} for GET, {@code write} for POST and PUT. */
    public static RouteTable temp() {
        return new RouteTable(List.of(tokenRoute("/temp/**")));
    }

    static Route tokenRoute(String path) {
        return new Route(
                PathTemplate.parse(path),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                Route.Authentication.TOKEN,
                Map.of(
                        CoapMethod.GET, ScopeSet.of("read"),
                        CoapMethod.POST, ScopeSet.of("write"),
                        CoapMethod.PUT, ScopeSet.of("write")),
                Map.of(),
                Duration.ofSeconds(1),
                1024,
                Translations.DEFAULT,
                Optional.empty());
    }
}
