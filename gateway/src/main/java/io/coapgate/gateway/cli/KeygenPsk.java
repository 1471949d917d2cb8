package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.PrivateFiles;
import io.coapgate.gateway.device.DeviceId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a pre-shared key of 256 bits. */
@Command(
        name = "psk",
        description = "Makes a pre-shared key for a device and prints the entry for devices.yaml.",
        mixinStandardHelpOptions = true)
final class KeygenPsk implements Callable<Integer> {
    private static final int BYTES = 32;

    private final SecureRandom random;

    @Option(
            names = {"--identity", "--id"},
            required = true,
            paramLabel = "ID",
            description = "the device's id, which becomes its PSK identity too")
    private DeviceId id = new DeviceId("device");

    @Option(names = "--out", paramLabel = "FILE", description = "write the key here, not into the entry")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeygenPsk(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() throws IOException {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        String text = "hex:" + HexFormat.of().formatHex(key);
        Arrays.fill(key, (byte) 0);
        Path file = out;
        if (file != null) {
            PrivateFiles.write(file, text + "\n");
            text = "file:" + file.toAbsolutePath();
        }
        PrintWriter printer = spec.commandLine().getOut();
        printer.println("# for devices.yaml, under devices:");
        printer.println("  - id: " + RegistryEntry.quoted(id.value()));
        printer.println("    scopes: []");
        printer.println("    credentials:");
        printer.println("      - psk:");
        printer.println("          identity: " + RegistryEntry.quoted(id.value()));
        printer.println("          key: " + RegistryEntry.quoted(text));
        return ExitCode.OK;
    }
}
