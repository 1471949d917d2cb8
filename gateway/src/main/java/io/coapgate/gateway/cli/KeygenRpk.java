package io.coapgate.gateway.cli;

import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.device.DeviceId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a device's raw public key pair on P-256. */
@Command(
        name = "rpk",
        description = "Makes a raw public key pair for a device and prints the entry for devices.yaml.",
        mixinStandardHelpOptions = true)
final class KeygenRpk implements Callable<Integer> {
    private final SecureRandom random;

    @Option(
            names = {"--identity", "--id"},
            required = true,
            paramLabel = "ID",
            description = "the device's id")
    private DeviceId id = new DeviceId("device");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where to put ID.key.pem (PKCS#8), ID.sec1.pem (for GnuTLS) and ID.pub.pem; default: here")
    private Path directory = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeygenRpk(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyFiles.newKeyPair(random);
        PrintWriter printer = spec.commandLine().getOut();
        String name = id.value().replace(':', '_'); // a colon has its own meaning in paths of some systems and tools
        new KeyFiles(directory, name).write(pair, Map.of()).forEach(file -> printer.println("# wrote " + file));
        printer.println("# for devices.yaml, under devices:");
        printer.println("  - id: " + RegistryEntry.quoted(id.value()));
        printer.println("    scopes: []");
        printer.println("    credentials:");
        printer.println("      - rpk:");
        printer.println("          public-key: |");
        Pem.encode(pair.getPublic()).lines().forEach(line -> printer.println("            " + line));
        return ExitCode.OK;
    }
}
