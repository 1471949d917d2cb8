package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads devices.yaml. Entries are read one by one, so that a registry of 100,000 devices takes seconds. Thread-safe.
 */
public final class DevicesFile {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final KeyPath LIST = KeyPath.ROOT.child("devices");

    private final Path file;
    private final Map<String, String> environment;
    private final ConfigSchema whole = ConfigSchema.devices();
    private final ConfigSchema entry = ConfigSchema.device();

    /** @param environment what {@code ${NAME}} stands for, such as {@link System#getenv()} */
    public DevicesFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    public Path path() {
        return file;
    }

    /**
     * All devices in the order of the file; no two share an id or a credential.
     *
     * @throws ConfigException if anything in it can't be used
     */
    public List<Device> read() throws ConfigException {
        return read(new FilesSeen());
    }

    /** @param seen is told of this file and of those that it names, also if they can't be used */
    List<Device> read(FilesSeen seen) throws ConfigException {
        seen.add(file);
        Problems problems = new Problems(file.toString());
        NamedFiles files = new NamedFiles(file, seen);
        DeviceReader reader = new DeviceReader(files, new SecretReader(files, environment), new Enrolments());
        List<Device> devices = new ArrayList<>();
        try {
            YamlReader.read(TextFile.read(file, MAX_BYTES), problems, LIST, tree -> {
                        entry.check(tree, problems);
                        Section section = new Section(tree.root(), entry.root(), tree.path(), tree, problems);
                        if (section.isSound()) {
                            reader.read(section).ifPresent(devices::add);
                        }
                    })
                    .ifPresent(tree -> whole.check(tree, problems));
        } catch (UnreadableFileException e) {
            problems.add(e.reason(), e.advice());
        }
        problems.throwIfAny();
        return List.copyOf(devices);
    }
}
