package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;

/**
 * Bounds the sessions of one device, so that no single credential can fill the store: one more ends the device's oldest.
 *
 * <p>Scandium's own remedy (REMOVE_STALE_DOUBLE_PRINCIPALS) is not used: it gives the older session the newer one's
 * principal when their names are equal, and with it the proof of the device to which a PSK identity may have been given
 * since. Thread-safe.
 */
final class DeviceSessions {
    private static final int MIN_BOUND = 16;
    private static final int SHARE_DIVISOR = 100;

    private final ResumptionSupportingConnectionStore store;
    private final int bound;
    /** Oldest first. Guarded by this. */
    private final Map<DeviceId, List<Connection>> byDevice = new HashMap<>();
    /** Guarded by this. */
    private final Map<ConnectionId, AuthenticatedDevice> owners = new HashMap<>();

    DeviceSessions(ResumptionSupportingConnectionStore store, int bound) {
        this.store = store;
        this.bound = bound;
    }

    /** A hundredth of all sessions, but not fewer than 16. */
    static int boundFor(int maxConnections) {
        return Math.max(maxConnections / SHARE_DIVISOR, MIN_BOUND);
    }

    void opened(AuthenticatedDevice device, Connection connection) {
        add(device, connection).ifPresent(this::end);
    }

    /** Called with the store's lock held: must not call the store. */
    synchronized void closed(Connection connection) {
        AuthenticatedDevice device = owners.remove(connection.getConnectionId());
        if (device != null) {
            byDevice.computeIfPresent(device.id(), (id, sessions) -> {
                sessions.remove(connection);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    /** The proof whose session this is; empty if that has been resumed on another connection. */
    synchronized Optional<AuthenticatedDevice> onlyHereOn(Connection connection) {
        AuthenticatedDevice device = owners.get(connection.getConnectionId());
        if (device == null) {
            return Optional.empty();
        }
        boolean elsewhere = byDevice.getOrDefault(device.id(), List.of()).stream()
                .filter(other -> !other.equals(connection))
                .anyMatch(other -> device.equals(owners.get(other.getConnectionId())));
        return elsewhere ? Optional.empty() : Optional.of(device);
    }

    /** Takes a session in; the answer is the device's oldest if there is one too many now. */
    private synchronized Optional<Connection> add(AuthenticatedDevice device, Connection connection) {
        List<Connection> sessions = byDevice.computeIfAbsent(device.id(), id -> new ArrayList<>(1));
        sessions.add(connection);
        owners.put(connection.getConnectionId(), device);
        return sessions.size() > bound ? Optional.of(sessions.get(0)) : Optional.empty();
    }

    /** Ends it without a word, once its executor has done what it is at; nothing is left to resume. */
    void end(Connection connection) {
        try {
            connection.getExecutor().execute(() -> store.remove(connection, true));
        } catch (RejectedExecutionException e) {
            // it is ending already
        }
    }
}
