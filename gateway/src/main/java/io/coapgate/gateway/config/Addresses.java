package io.coapgate.gateway.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads the keys {@code address} and {@code port}. */
final class Addresses {
    private Addresses() {}

    /** Empty after reporting that there is no such address. The schema lets only digits through: no name is looked up. */
    static Optional<InetSocketAddress> socketAddress(Section section) {
        try {
            InetAddress address = InetAddress.getByName(section.text("address"));
            return Optional.of(new InetSocketAddress(address, section.integer("port")));
        } catch (UnknownHostException e) {
            section.problem("address", "there is no such IP address", "write, for example, 127.0.0.1");
            return Optional.empty();
        }
    }
}
