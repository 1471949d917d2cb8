package io.coapgate.simulator.bench;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.simulator.launch.HostPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the process of a peer is told on its command line.
 *
 * @param ready the file that it writes its address to
 * @param provider computes signatures and key agreements
 * @param service where it forwards requests to; empty: it answers them itself
 */
record PeerArguments(
        Path ready, HandshakeKind handshake, CryptoProvider provider, Optional<InetSocketAddress> service) {
    private static final int COUNT = 4;
    private static final String NOWHERE = "-";

    PeerArguments {
        requireNonNull(ready, "ready");
        requireNonNull(handshake, "handshake");
        requireNonNull(provider, "provider");
        requireNonNull(service, "service");
    }

    List<String> toList() {
        return List.of(
                ready.toString(),
                handshake.name(),
                provider.name(),
                service.map(HostPort::format).orElse(NOWHERE));
    }

    /** @throws IllegalArgumentException if that is not what {@link #toList} gave */
    static PeerArguments parse(String... arguments) {
        if (arguments.length != COUNT) {
            throw new IllegalArgumentException("READY-FILE HANDSHAKE PROVIDER SERVICE, not " + List.of(arguments));
        }
        String service = arguments[3];
        return new PeerArguments(
                Path.of(arguments[0]),
                HandshakeKind.valueOf(arguments[1]),
                CryptoProvider.valueOf(arguments[2]),
                service.equals(NOWHERE) ? Optional.empty() : Optional.of(HostPort.parse(service)));
    }
}
