package io.coapgate.simulator.launch;

import java.net.InetSocketAddress;
import java.net.URI;

/** Addresses as text: {@code 127.0.0.1:5684} or {@code [::1]:5684}. */
public final class HostPort {
    private static final int COAPS = 5684;

    private HostPort() {}

    /** @throws IllegalArgumentException if it is no host and port, or the host is not known */
    public static InetSocketAddress parse(String hostAndPort) {
        return resolved(URI.create("coaps://" + hostAndPort));
    }

    /** The endpoint of a URI such as {@code coaps://127.0.0.1:5684}; 5684 if it names no port. */
    public static InetSocketAddress ofCoaps(URI uri) {
        if (!"coaps".equals(uri.getScheme())) {
            throw new IllegalArgumentException("not a coaps URI: " + uri);
        }
        return resolved(uri);
    }

    private static InetSocketAddress resolved(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("no host in " + uri);
        }
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? COAPS : uri.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + uri.getHost());
        }
        return address;
    }

    /** The other way round. */
    public static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }
}
