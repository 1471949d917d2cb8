package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DuplicateEnrolmentException;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes of devices.yaml over into the registry, all or nothing: a file that can't be used leaves the devices as
 * they are, and is logged with everything that is wrong. Thread-safe.
 */
public final class DevicesReloader {
    private static final Logger LOG = LoggerFactory.getLogger(DevicesReloader.class);

    private final DevicesFile file;
    private final SnapshotDeviceRegistry registry;
    private final Clock clock;
    /** Guarded by this. */
    private Optional<FileState> seen;

    private volatile ReloadStatus lastReload;

    private DevicesReloader(DevicesFile file, SnapshotDeviceRegistry registry, Clock clock, Optional<FileState> seen) {
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
        Optional<FileState> state = FileState.of(file.path()); // before reading: a change meanwhile is seen later
        try {
            return new DevicesReloader(file, new SnapshotDeviceRegistry(file.read()), clock, state);
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

    /** Whether the file is another than the one that was read last. */
    public synchronized boolean isStale() {
        return !FileState.of(file.path()).equals(seen);
    }

    /**
     * Reads the file if it has changed since it was read last.
     *
     * @return how that went; empty if it has not changed
     */
    public synchronized Optional<ReloadStatus> check() {
        Optional<FileState> state = FileState.of(file.path());
        if (state.equals(seen)) {
            return Optional.empty();
        }
        seen = state;
        lastReload = reload();
        return Optional.of(lastReload);
    }

    private ReloadStatus reload() {
        try {
            List<Device> devices = file.read();
            registry.replace(devices);
            LOG.info("{}: read {} devices", file.path(), devices.size());
            return new ReloadStatus(clock.instant(), registry.size(), List.of());
        } catch (ConfigException e) {
            return rejected(e.problems());
        } catch (DuplicateEnrolmentException e) {
            return rejected(List.of(problem(file, e)));
        }
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
