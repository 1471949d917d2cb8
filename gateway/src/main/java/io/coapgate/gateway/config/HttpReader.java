package io.coapgate.gateway.config;

import java.net.InetSocketAddress;
import java.util.Optional;

/** The {@code http} section: two listeners, each with its own address. */
final class HttpReader {
    private HttpReader() {}

    static Optional<GatewayConfig.HttpConfig> read(Section root) {
        if (!root.isSound("http")) {
            return Optional.empty();
        }
        Section http = root.section("http");
        Optional<InetSocketAddress> open = Addresses.socketAddress(http.section("public"));
        Optional<InetSocketAddress> admin = Addresses.socketAddress(http.section("admin"));
        if (open.isEmpty() || admin.isEmpty()) {
            return Optional.empty();
        }
        if (open.equals(admin) && open.get().getPort() != 0) {
            http.problem("admin", "has the address and port of http.public", "give it another port");
        }
        return Optional.of(new GatewayConfig.HttpConfig(open.get(), admin.get()));
    }
}
