package io.coapgate.gateway.config;

import io.coapgate.gateway.dtls.ListenerSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where devices without a token are sent for one: to the configured place, or else, if the gateway has an authorization
 * server of its own, to {@code /token} on the host of its issuer and the port of its first listener.
 */
final class AuthorizationServerUri {
    private static final int COAPS_PORT = 5684; // RFC 7252 §12.7

    private AuthorizationServerUri() {}

    static Optional<String> of(Section root, List<ListenerSettings> listeners, boolean issuing) {
        Optional<String> configured = root.section("cwt").optionalText("authorization-server");
        return configured.isPresent() || !issuing ? configured : own(root.text("issuer"), listeners);
    }

    private static Optional<String> own(String issuer, List<ListenerSettings> listeners) {
        String host = URI.create(issuer).getHost();
        int port = listeners.get(0).address().getPort();
        return host == null ? Optional.empty() : Optional.of("coaps://" + host + suffix(port) + "/token");
    }

    /** Port 0 is chosen by the system, and so is in nobody's mind but the tests'. */
    private static String suffix(int port) {
        return port == COAPS_PORT || port == 0 ? "" : ":" + port;
    }
}
