package io.coapgate.gateway.dtls;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.DtlsException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.jspecify.annotations.Nullable;

/** A handshake whose peer has shown a valid cookie and nothing else yet. */
final class HalfOpenHandshake {
    private static final int IPV6_PREFIX_HEX_DIGITS = 16; // a /64 is one subscriber

    private final Handshaker handshaker;
    private final Connection connection;
    private final String source;
    private final long startedNanos;

    /** Set by the look-up's thread, read by the connection's. */
    private volatile @Nullable String acceptedCredential;

    private volatile boolean refused;

    HalfOpenHandshake(Handshaker handshaker, long startedNanos) {
        this.handshaker = handshaker;
        this.connection = handshaker.getConnection();
        this.source = sourceOf(handshaker.getPeerAddress());
        this.startedNanos = startedNanos;
    }

    ConnectionId id() {
        return connection.getConnectionId();
    }

    /** The IPv4 address or IPv6 /64 network that it came from. */
    String source() {
        return source;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** The registry vouches for this credential; the peer must still prove that it holds the key. */
    void accepted(String credential) {
        acceptedCredential = credential;
    }

    /** The refusal has been reported; how the handshake ends says nothing more. */
    void refused() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    Optional<String> acceptedCredential() {
        return Optional.ofNullable(acceptedCredential);
    }

    /** Breaks it off, on the connection's own executor as Scandium demands. The peer is told nothing. */
    void abort() {
        try {
            connection
                    .getExecutor()
                    .execute(() -> handshaker.handshakeFailed(new DtlsException("made room for a newer handshake")));
        } catch (RejectedExecutionException e) {
            // The connector is shutting down, and the handshake with it.
        }
    }

    private static String sourceOf(InetSocketAddress peer) {
        String hex = HexFormat.of().formatHex(peer.getAddress().getAddress());
        return peer.getAddress() instanceof Inet6Address ? hex.substring(0, IPV6_PREFIX_HEX_DIGITS) : hex;
    }
}
