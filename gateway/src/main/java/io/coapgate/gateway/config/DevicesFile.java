package io.coapgate.gateway.config;

import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.issuing.TokenAudience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads devices.yaml. Entries are read one by one, so that a registry of 100,000 devices takes seconds. Thread-safe.
 */
public final class DevicesFile {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final KeyPath LIST = KeyPath.ROOT.child("devices");

    private final Path file;
    private final Map<String, String> environment;
    private final @Nullable ScopeSet usedScopes;
    private final MissingClients missing;
    private final ConfigSchema whole = ConfigSchema.devices();
    private final ConfigSchema entry = ConfigSchema.device();

    /** @param environment what {@code ${NAME}} stands for, such as {@link System#getenv()} */
    public DevicesFile(Path file, Map<String, String> environment) {
        this(file, environment, null, MissingClients.UNKNOWN);
    }

    private DevicesFile(
            Path file, Map<String, String> environment, @Nullable ScopeSet usedScopes, MissingClients missing) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.usedScopes = usedScopes;
        this.missing = missing;
    }

    /**
     * The registry of this gateway; it warns of scopes that none of its routes asks for, and no audience of its tokens, and
     * of devices that a token exchange will fail for.
     */
    public static DevicesFile of(GatewayConfig config, Map<String, String> environment) {
        ScopeSet ofRoutes = new RouteTable(config.routes()).allScopes();
        ScopeSet used = config.issuing().map(IssuingConfig::others).orElse(List.of()).stream()
                .map(TokenAudience::scopes)
                .reduce(ofRoutes, ScopeSet::union);
        return new DevicesFile(config.devicesFile(), environment, used, MissingClients.of(config));
    }

    public Path path() {
        return file;
    }

    /** @throws ConfigException if anything in it can't be used */
    public DevicesReading read() throws ConfigException {
        return read(new FilesSeen());
    }

    /** @param seen is told of this file and of those that it names, also if they can't be used */
    DevicesReading read(FilesSeen seen) throws ConfigException {
        seen.add(file);
        Problems problems = new Problems(file.toString());
        NamedFiles files = new NamedFiles(file, seen);
        SecretReader secrets = new SecretReader(files, environment);
        DeviceReader reader = new DeviceReader(files, secrets, new Enrolments());
        UnusedScopes unused = new UnusedScopes(usedScopes);
        List<Device> devices = new ArrayList<>();
        try {
            YamlReader.read(TextFile.read(file, MAX_BYTES), problems, LIST, tree -> {
                        entry.check(tree, problems);
                        Section section = new Section(tree.root(), entry.root(), tree.path(), tree, problems);
                        if (section.isSound()) {
                            unused.check(section);
                            missing.check(section);
                            reader.read(section).ifPresent(devices::add);
                        }
                    })
                    .ifPresent(tree -> whole.check(tree, problems));
        } catch (UnreadableFileException e) {
            problems.add(e.reason(), e.advice());
        }
        problems.throwIfAny();
        if (secrets.foundPlain() && TextFile.isWorldReadable(file)) {
            problems.warn("holds keys that every user may read", "chmod o-r it, or move them out: key: file:path");
        }
        return new DevicesReading(devices, problems.warnings());
    }
}
