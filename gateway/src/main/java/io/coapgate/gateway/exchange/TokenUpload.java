package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * A token that came over plain CoAP, from a peer that has proved nothing: not even its address.
 *
 * @param payload not copied: nobody changes it
 */
public record TokenUpload(InetSocketAddress peer, OptionalInt contentFormat, OptionalInt accept, byte[] payload) {
    private static final int IPV6_PREFIX_HEX_DIGITS = 16; // a /64 is one subscriber

    public TokenUpload {
        requireNonNull(peer, "peer");
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(accept, "accept");
        requireNonNull(payload, "payload");
    }

    /** The IPv4 address or IPv6 /64 network that it says it came from. */
    public String source() {
        return sourceOf(peer);
    }

    /** The IPv4 address or IPv6 /64 network of an address. */
    public static String sourceOf(InetSocketAddress peer) {
        String hex = HexFormat.of().formatHex(peer.getAddress().getAddress());
        return peer.getAddress() instanceof Inet6Address ? hex.substring(0, IPV6_PREFIX_HEX_DIGITS) : hex;
    }

    @Override
    public String toString() {
        return "TokenUpload[" + payload.length + " bytes]";
    }
}
