package io.coapgate.simulator.launch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a gateway that is ready listens, as its ready file says.
 *
 * @param coaps by the listener's name
 * @param http {@code public} and {@code admin}
 */
public record GatewayAddresses(Map<String, InetSocketAddress> coaps, Map<String, InetSocketAddress> http) {
    public GatewayAddresses {
        coaps = Map.copyOf(coaps);
        http = Map.copyOf(http);
    }

    /** The DTLS endpoint of that listener. */
    public InetSocketAddress coaps(String listener) {
        return required(coaps, listener);
    }

    /** The HTTP endpoint of that name. */
    public InetSocketAddress http(String name) {
        return required(http, name);
    }

    static GatewayAddresses parse(String json) throws IOException {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            return new GatewayAddresses(addresses(root.path("coaps")), addresses(root.path("http")));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("the gateway's ready file can't be understood", e);
        }
    }

    private static Map<String, InetSocketAddress> addresses(JsonNode object) {
        Map<String, InetSocketAddress> addresses = new HashMap<>();
        object.properties()
                .forEach(entry -> addresses.put(
                        entry.getKey(), HostPort.parse(entry.getValue().asString())));
        return addresses;
    }

    private static InetSocketAddress required(Map<String, InetSocketAddress> addresses, String name) {
        return Optional.ofNullable(addresses.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the gateway has no endpoint " + name));
    }
}
