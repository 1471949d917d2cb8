package io.coapgate.gateway.cli;

import io.coapgate.gateway.config.PrivateFiles;
import io.coapgate.gateway.device.DeviceId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Makes a pre-shared key of 192 random bits as 32 characters of base64url. As text it can be given to any client,
 * libcoap's {@code -k} included; and 32 bytes is the most that Mbed TLS takes as it comes.
 */
@Command(
        name = "psk",
        description =
                "Makes a pre-shared key for a device, 32 characters with 192 random bits, and prints the entry for"
                        + " devices.yaml.",
        mixinStandardHelpOptions = true)
final class KeygenPsk implements Callable<Integer> {
    private static final int RANDOM_BYTES = 24;

    /** What it makes. The characters are the key, not what they encode. */
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");

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
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().encodeToString(bytes); // needs no padding, and no quotes anywhere
        Arrays.fill(bytes, (byte) 0);
        String argument = text;
        Path file = out;
        if (file != null) {
            PrivateFiles.write(file, text + "\n");
            text = "file:" + file.toAbsolutePath();
            argument = "\"$(cat '" + file + "')\"";
        }
        PrintWriter printer = spec.commandLine().getOut();
        printer.println("# for devices.yaml, under devices:");
        printer.println("  - id: " + RegistryEntry.quoted(id.value()));
        printer.println("    scopes: []");
        printer.println("    credentials:");
        printer.println("      - psk:");
        printer.println("          identity: " + RegistryEntry.quoted(id.value()));
        printer.println("          key: " + RegistryEntry.quoted(text));
        printer.println("# to try it by hand, with the listener's port and a route's path:");
        printer.println(
                "# coap-client-openssl -m get -u " + id.value() + " -k " + argument + " coaps://127.0.0.1:5684/PATH");
        return ExitCode.OK;
    }
}
