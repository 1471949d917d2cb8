package io.coapgate.gateway.dtls;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * One UDP endpoint for coaps. RPK and X.509 want separate listeners where clients offer both and take either.
 *
 * @param name for logs and metrics
 * @param address a definite address: a wildcard may answer from another one on hosts that have several
 * @param maxConnections sessions that are kept; must leave room for the handshakes of 135 s
 * @param accessTokens whether the key of a valid access token is a credential as an enrolled one is, RFC 9202
 */
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        Set<CredentialMode> credentials,
        int maxConnections,
        boolean accessTokens) {
    public ListenerSettings {
        requireNonNull(name, "name");
        requireNonNull(address, "address");
        credentials = Set.copyOf(credentials);
        if (credentials.isEmpty()) {
            throw new IllegalArgumentException("a listener accepts at least one kind of credential");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("a listener keeps at least one connection");
        }
    }
}
