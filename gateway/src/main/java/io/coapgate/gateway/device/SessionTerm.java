package io.coapgate.gateway.device;

import java.time.Instant;

/** How long the proof of a session lasts. What an access token established may be extended by another. Thread-safe. */
@FunctionalInterface
public interface SessionTerm {
    /** When the proof ends, and with it everything that was granted on the session. */
    Instant notAfter();
}
