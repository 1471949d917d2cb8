package io.coapgate.simulator.launch;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A gateway's configuration on disk: {@code gateway.yaml}, {@code devices.yaml} and the keys that they name. */
public final class GatewayDirectory {
    private final Path directory;

    private GatewayDirectory(Path directory) {
        this.directory = directory;
    }

    /** Writes all files into a directory that exists. */
    public static GatewayDirectory write(
            Path directory, GatewaySetup setup, InetSocketAddress upstream, List<Enrolment> enrolments)
            throws IOException, GeneralSecurityException {
        Path keys = PrivateFiles.directory(directory.resolve("keys"));
        try {
            PrivateFiles.write(
                    keys.resolve("gateway.pem"), Pem.encode(setup.keys().getPrivate()));
            PrivateFiles.write(
                    keys.resolve("gateway.pub.pem"), Pem.encode(setup.keys().getPublic()));
            PrivateFiles.write(
                    keys.resolve("gateway.crt.pem"),
                    pem(setup.pki().gateway(setup.keys().getPublic())));
            PrivateFiles.write(
                    keys.resolve("ca.crt.pem"), Pem.encode(setup.pki().authority()));
        } catch (KeyFormatException e) {
            throw new GeneralSecurityException("a key or certificate can't be written", e);
        }
        for (int i = 0; i < setup.issuers().size(); i++) {
            PrivateFiles.write(
                    keys.resolve(GatewayYaml.issuerKeyFile(i)),
                    setup.issuers().get(i).publicKeyPem());
        }
        GatewayDirectory written = new GatewayDirectory(directory);
        written.configure(setup, upstream);
        written.enrol(enrolments);
        return written;
    }

    /** Replaces the configuration, which counts from the gateway's next start on. */
    void configure(GatewaySetup setup, InetSocketAddress upstream) throws IOException {
        PrivateFiles.write(configuration(), GatewayYaml.of(setup, upstream));
    }

    /** Replaces the registry. */
    public void enrol(List<Enrolment> enrolments) throws IOException {
        PrivateFiles.write(directory.resolve("devices.yaml"), DevicesYaml.of(enrolments));
    }

    /** The directory itself. */
    public Path path() {
        return directory;
    }

    public Path configuration() {
        return directory.resolve("gateway.yaml");
    }

    /** The gateway's CA certificate, PEM. */
    public Path authority() {
        return directory.resolve("keys").resolve("ca.crt.pem");
    }

    Path readyFile() {
        return directory.resolve("ready.json");
    }

    /** What the gateway writes to its standard output and error. */
    public Path log() {
        return directory.resolve("gateway.log");
    }

    /** The chain as one PEM text. */
    public static String pem(List<X509Certificate> chain) throws KeyFormatException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            text.append(Pem.encode(certificate));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
