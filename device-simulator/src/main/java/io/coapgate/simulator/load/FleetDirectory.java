package io.coapgate.simulator.load;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.launch.DevicesYaml;
import io.coapgate.simulator.launch.GatewayDirectory;
import io.coapgate.simulator.launch.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fleet on disk: {@code fleet.json} for the simulator; {@code devices.yaml}, {@code device-ca.crt.pem},
 * {@code as.pub.pem} and, for tokens in handshakes, {@code as-derivation.key} for the gateway that is to know it. All are
 * private files, since some hold secrets.
 */
public final class FleetDirectory {
    private static final String PLAN = "fleet.json";

    private FleetDirectory() {}

    /**
     * Writes a fleet, and gives the file for the registry.
     *
     * @throws FileAlreadyExistsException if a fleet is there already: its seed would be lost
     */
    public static Path write(Path directory, FleetMembers members) throws IOException, GeneralSecurityException {
        PrivateFiles.directory(directory);
        if (Files.exists(directory.resolve(PLAN))) {
            throw new FileAlreadyExistsException(directory.resolve(PLAN).toString());
        }
        PrivateFiles.write(directory.resolve(PLAN), json(members.plan()));
        try {
            PrivateFiles.write(
                    directory.resolve("device-ca.crt.pem"),
                    GatewayDirectory.pem(List.of(members.pki().authority())));
        } catch (KeyFormatException e) {
            throw new GeneralSecurityException("a certificate can't be written", e);
        }
        PrivateFiles.write(
                directory.resolve("as.pub.pem"),
                Pem.encode(members.authorizationServer().publicKey()));
        if (members.plan().token() == TokenMode.IN_HANDSHAKE) {
            PrivateFiles.write(directory.resolve("as-derivation.key"), hex(members.derivationKey()));
        }
        return PrivateFiles.write(directory.resolve("devices.yaml"), DevicesYaml.of(members.enrolments()));
    }

    /** @throws IOException if there is no plan, or it can't be understood */
    public static FleetPlan read(Path directory) throws IOException {
        Path file = directory.resolve(PLAN);
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            return new FleetPlan(
                    SecretBytes.copyOf(HexFormat.of().parseHex(json.path("seed").asString(""))),
                    json.path("devices").asInt(0),
                    CredentialKind.valueOf(constant(json.path("credential").asString(""))),
                    TokenMode.valueOf(constant(json.path("token").asString(""))),
                    json.path("connectionId").asBoolean(true));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a fleet that this simulator wrote", e);
        }
    }

    /** As the gateway's configuration reads a secret out of a file. */
    private static String hex(SecretBytes key) {
        byte[] exposed = key.expose();
        try {
            return "hex:" + HexFormat.of().formatHex(exposed);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    private static String json(FleetPlan plan) {
        byte[] seed = plan.seed().expose();
        try {
            ObjectNode json = JsonMapper.shared()
                    .createObjectNode()
                    .put("seed", HexFormat.of().formatHex(seed))
                    .put("devices", plan.devices())
                    .put("credential", plan.credential().toString())
                    .put("token", plan.token().toString())
                    .put("connectionId", plan.connectionId());
            return json.toPrettyString() + "\n";
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
