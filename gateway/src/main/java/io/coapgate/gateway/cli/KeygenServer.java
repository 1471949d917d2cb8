package io.coapgate.gateway.cli;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.crypto.key.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the gateway's own DTLS key, with a self-signed certificate to try X.509 with. */
@Command(
        name = "server",
        description = "Makes the gateway's DTLS key and a self-signed certificate.",
        mixinStandardHelpOptions = true)
final class KeygenServer implements Callable<Integer> {
    private final SecureRandom random;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description =
                    "where to put server.key.pem, server.sec1.pem, server.pub.pem and server.crt.pem; default: here")
    private Path directory = Path.of(".");

    @Option(names = "--dns", paramLabel = "NAME", description = "a DNS name of the gateway; may be given several times")
    private List<String> dnsNames = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "397",
            description = "how long the certificate is valid; default: ${DEFAULT-VALUE}")
    private int days = 397;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeygenServer(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyFiles.newKeyPair(random);
        KeyFiles files = new KeyFiles(directory, "server");
        Path certificate = files.file("crt.pem");
        PrintWriter printer = spec.commandLine().getOut();
        List<Path> written = files.write(pair, Map.of(certificate, Pem.encode(selfSigned(pair))));
        written.forEach(file -> printer.println("# wrote " + file));
        printer.println("# for gateway.yaml; a self-signed certificate is its own authority for the devices:");
        printer.println("dtls:");
        printer.println("  private-key: " + absolute(files.file("key.pem")));
        printer.println("  certificates: " + absolute(certificate));
        return ExitCode.OK;
    }

    private X509Certificate selfSigned(KeyPair pair) throws GeneralSecurityException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String name = dnsNames.isEmpty() ? "coapgate" : dnsNames.get(0);
        CertificateBuilder builder = new CertificateBuilder(
                        name, pair.getPublic(), now, now.plus(Duration.ofDays(days)), random)
                .serverAuthentication();
        dnsNames.forEach(builder::dnsName);
        return builder.selfSigned(pair.getPrivate());
    }

    private static String absolute(Path file) {
        return RegistryEntry.quoted(file.toAbsolutePath().normalize().toString());
    }
}
