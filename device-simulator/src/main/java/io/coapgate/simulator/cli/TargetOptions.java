package io.coapgate.simulator.cli;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.load.GatewayTrust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which gateway the devices talk to, and by what they know it. */
final class TargetOptions {
    @Option(names = "--target", paramLabel = "URI", description = "The gateway, coaps://HOST:PORT.")
    private Optional<URI> target = Optional.empty();

    @Option(
            names = "--gateway-key",
            paramLabel = "FILE",
            description = "PEM file with its public key, which devices with raw public keys know it by.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--gateway-ca",
            paramLabel = "FILE",
            description = "PEM file with the CA of its certificate, which devices with certificates trust.")
    private Optional<Path> authority = Optional.empty();

    boolean isGiven() {
        return target.isPresent();
    }

    InetSocketAddress address() {
        return HostPort.ofCoaps(target.orElseThrow());
    }

    GatewayTrust trust() throws IOException {
        try {
            Optional<PublicKey> publicKey =
                    key.isPresent() ? Optional.of(Pem.publicKey(Files.readString(key.get()))) : Optional.empty();
            List<X509Certificate> authorities =
                    authority.isPresent() ? Pem.certificates(Files.readString(authority.get())) : List.of();
            return new GatewayTrust(publicKey, authorities);
        } catch (KeyFormatException e) {
            throw new IOException("--gateway-key or --gateway-ca: " + e.getMessage(), e);
        }
    }
}
