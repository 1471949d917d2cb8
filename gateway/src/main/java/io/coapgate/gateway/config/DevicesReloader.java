package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DuplicateEnrolmentException;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes of devices.yaml, and of the key files that it names, over into the registry, all or nothing: a file that
 * can't be used leaves the devices as they are, and is logged with everything that is wrong. Thread-safe.
 */
public final class DevicesReloader implements Watched {
    private static final Logger LOG = LoggerFactory.getLogger(DevicesReloader.class);
    private static final int FILES_AT_A_GLANCE = 1_000;

    private final DevicesFile file;
    private final SnapshotDeviceRegistry registry;
    private final Clock clock;
    /** Guarded by this. */
    private FilesSeen seen;

    private volatile ReloadStatus lastReload;

    private DevicesReloader(DevicesFile file, SnapshotDeviceRegistry registry, Clock clock, FilesSeen seen) {
        this.file = file;
        this.registry = registry;
        this.clock = clock;
        this.seen = seen;
        this.lastReload = new ReloadStatus(clock.instant(), registry.size(), List.of());
    }

    /**
     * Reads the file for the first time.
     *
     * @throws ConfigException if it can't be used: a gateway does not start without its registry
     */
    public static DevicesReloader load(DevicesFile file, Clock clock) throws ConfigException {
        FilesSeen seen = new FilesSeen();
        try {
            return new DevicesReloader(file, new SnapshotDeviceRegistry(read(file, seen)), clock, seen);
        } catch (DuplicateEnrolmentException e) {
            throw new ConfigException(List.of(problem(file, e)));
        }
    }

    /** The registry that follows the file. */
    public SnapshotDeviceRegistry registry() {
        return registry;
    }

    /** How the last reading went. */
    public ReloadStatus lastReload() {
        return lastReload;
    }

    /** Whether something has changed since the last reading; each call looks at some of the key files only. */
    @Override
    public synchronized boolean isStale() {
        return seen.someChanged(FILES_AT_A_GLANCE);
    }

    /** What has changed since the last reading; equal to what it was before while nothing changes any more. */
    @Override
    public synchronized Map<?, ?> changes() {
        return seen.changes();
    }

    @Override
    public void follow() {
        var unused = check();
    }

    /**
     * Reads the file if it, or a file that it names, has changed since it was read last.
     *
     * @return how that went; empty if nothing has changed
     */
    public synchronized Optional<ReloadStatus> check() {
        if (changes().isEmpty()) {
            return Optional.empty();
        }
        seen = new FilesSeen();
        lastReload = reload();
        return Optional.of(lastReload);
    }

    private ReloadStatus reload() {
        try {
            List<Device> devices = read(file, seen);
            registry.replace(devices);
            LOG.info("{}: read {} devices", file.path(), devices.size());
            return new ReloadStatus(clock.instant(), registry.size(), List.of());
        } catch (ConfigException e) {
            return rejected(e.problems());
        } catch (DuplicateEnrolmentException e) {
            return rejected(List.of(problem(file, e)));
        }
    }

    private static List<Device> read(DevicesFile file, FilesSeen seen) throws ConfigException {
        DevicesReading reading = file.read(seen);
        reading.warnings().forEach(warning -> LOG.warn("{}", warning));
        return reading.devices();
    }

    private ReloadStatus rejected(List<ConfigProblem> problems) {
        LOG.error("{}: not taken over; the {} devices stay as they were", file.path(), registry.size());
        problems.forEach(problem -> LOG.error("{}", problem));
        return new ReloadStatus(clock.instant(), registry.size(), problems);
    }

    private static ConfigProblem problem(DevicesFile file, DuplicateEnrolmentException e) {
        String message = String.valueOf(e.getMessage());
        return new ConfigProblem(file.path().toString(), 0, 0, "", message, "keep one of them");
    }
}
