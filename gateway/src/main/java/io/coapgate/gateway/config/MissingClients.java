package io.coapgate.gateway.config;

import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.oauth.ClientSettings;
import io.coapgate.gateway.oauth.OAuthSettings;
import io.coapgate.gateway.upstream.TokenExchangeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of devices that may use a route with their session alone, and will get no JWT there: its token exchange comes to
 * the OAuth server as the device, which has no client. Thread-safe.
 */
final class MissingClients {
    static final MissingClients UNKNOWN = new MissingClients(List.of());

    private final List<Route> routes;

    private MissingClients(List<Route> routes) {
        this.routes = routes;
    }

    static MissingClients of(GatewayConfig config) {
        Set<TokenExchangeName> ofDevices = config.tokenExchanges().stream()
                .filter(settings -> settings.client() instanceof ClientSettings.OfDevice)
                .map(OAuthSettings::name)
                .collect(Collectors.toSet());
        return new MissingClients(config.routes().stream()
                .filter(route -> route.authenticate() == Route.Authentication.SESSION)
                .filter(route ->
                        route.tokenExchange().filter(ofDevices::contains).isPresent())
                .toList());
    }

    /** @param device its section */
    void check(Section device) {
        if (routes.isEmpty() || device.has("oauth")) {
            return;
        }
        ScopeSet scopes = ScopeSet.of(device.texts("scopes").toArray(String[]::new));
        routes.stream()
                .filter(route -> route.requiredScopes().values().stream().anyMatch(scopes::containsAll))
                .findFirst()
                .ifPresent(route -> device.warning(
                        "id",
                        "may use " + route + ", for which it needs a client at the OAuth server, and has none",
                        "add, for example, oauth: {client-id: meter-17, client-secret: file:secrets/meter-17.oauth}"));
    }
}
