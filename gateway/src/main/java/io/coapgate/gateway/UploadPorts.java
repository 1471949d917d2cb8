package io.coapgate.gateway;

import io.coapgate.gateway.ace.EarlyAuthzInfo;
import io.coapgate.gateway.coap.UploadPort;
import io.coapgate.gateway.coap.UploadPortSettings;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.UploadHandler;
import io.coapgate.gateway.token.TokenHandshakes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plain ports for tokens that come before their handshakes. */
final class UploadPorts implements AutoCloseable {
    private final Map<String, UploadPort> byListener = new LinkedHashMap<>();

    /** @throws IOException if an address can't be bound; then none stays open */
    static UploadPorts open(GatewayConfig config, TokenHandshakes handshakes, ExchangeListener listener, Clock clock)
            throws IOException {
        UploadHandler handler =
                new EarlyAuthzInfo(handshakes, config.admission().policy().maxBytes(), listener, clock);
        UploadPorts ports = new UploadPorts();
        try {
            for (UploadPortSettings settings : config.uploadPorts()) {
                ports.byListener.put(settings.listener(), UploadPort.open(settings, handler));
            }
            return ports;
        } catch (IOException e) {
            ports.close();
            throw e;
        }
    }

    /** Where each is, by its listener's name. */
    Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        byListener.forEach((listener, port) -> addresses.put(listener, port.address()));
        return Collections.unmodifiableMap(addresses);
    }

    long dropped() {
        return byListener.values().stream().mapToLong(UploadPort::dropped).sum();
    }

    @Override
    public void close() {
        byListener.values().forEach(UploadPort::close);
    }
}
