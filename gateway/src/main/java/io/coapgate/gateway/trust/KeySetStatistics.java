package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What has come of asking for one issuer's key set.
 *
 * @param keys that count now
 * @param age since the set was had last; empty if it never was
 * @param refreshed how often it was had
 * @param failed how often it was not, by the reason
 */
public record KeySetStatistics(
        int keys, Optional<Duration> age, long refreshed, Map<KeySetException.Reason, Long> failed) {
    public KeySetStatistics {
        requireNonNull(age, "age");
        failed = Map.copyOf(failed);
    }
}
