package io.coapgate.gateway.issuing;

import io.coapgate.gateway.device.DeviceId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The identifiers of clients' assertions that have not ended: each counts once (RFC 7523 §3). Only assertions that were
 * verified get here, so that a client can fill no other's share. Thread-safe.
 */
final class AssertionIds {
    private static final int MAX_PER_CLIENT = 1_000;

    private final Clock clock;
    /** Guarded by this. */
    private final Map<DeviceId, Map<String, Instant>> seen = new HashMap<>();

    AssertionIds(Clock clock) {
        this.clock = clock;
    }

    /** @return false if it was seen before, or the client has too many that have not ended */
    synchronized boolean isFirst(DeviceId client, String id, Instant expiresAt) {
        Instant now = clock.instant();
        Map<String, Instant> own = seen.computeIfAbsent(client, unseen -> new HashMap<>());
        own.values().removeIf(end -> !now.isBefore(end));
        return own.size() < MAX_PER_CLIENT && own.putIfAbsent(id, expiresAt) == null;
    }
}
