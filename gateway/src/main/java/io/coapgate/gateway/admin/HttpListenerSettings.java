package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One HTTP endpoint of the gateway itself.
 *
 * @param address to bind; port 0 means any free one
 * @param maxConnections connections that are held open; one more is closed at once
 * @param idleTimeout how long a connection may be silent, at least 1 s
 */
public record HttpListenerSettings(InetSocketAddress address, int maxConnections, Duration idleTimeout) {
    public HttpListenerSettings {
        requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address of an HTTP listener is not known");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("an HTTP listener holds at least one connection");
        }
        if (idleTimeout.compareTo(Duration.ofSeconds(1)) < 0 || idleTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the idle timeout of an HTTP listener is 1 s to 1 h");
        }
    }
}
