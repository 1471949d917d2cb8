package io.coapgate.gateway;

import static java.util.stream.Collectors.joining;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a running gateway listens.
 *
 * @param coaps for devices, by the listener's name
 * @param authzInfo for uploads before the handshake, over plain CoAP, by the listener's name
 * @param http {@code public} for services and {@code admin} for operators
 */
public record GatewayAddresses(
        Map<String, InetSocketAddress> coaps,
        Map<String, InetSocketAddress> http,
        Map<String, InetSocketAddress> authzInfo) {
    public GatewayAddresses {
        coaps = Collections.unmodifiableMap(new TreeMap<>(coaps));
        http = Collections.unmodifiableMap(new TreeMap<>(http));
        authzInfo = Collections.unmodifiableMap(new TreeMap<>(authzInfo));
    }

    /** Without plain ports for uploads. */
    public GatewayAddresses(Map<String, InetSocketAddress> coaps, Map<String, InetSocketAddress> http) {
        this(coaps, http, Map.of());
    }

    /** For logs: {@code coaps psk=127.0.0.1:5684, http admin=127.0.0.1:8081 public=127.0.0.1:8080}. */
    @Override
    public String toString() {
        String early = authzInfo.isEmpty() ? "" : ", coap authz-info " + text(authzInfo);
        return "coaps " + text(coaps) + ", http " + text(http) + early;
    }

    private static String text(Map<String, InetSocketAddress> addresses) {
        return addresses.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                .collect(joining(" "));
    }

    /** Host and port, an IPv6 address in brackets. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
