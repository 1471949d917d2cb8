package io.coapgate.gateway.keys;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * When keys take turns.
 *
 * @param publishFirst how long a key is published before it is used, so that every verifier has had to ask again by then
 * @param rotateEvery the age at which the current key gives way; empty means never
 */
public record RotationPolicy(Duration publishFirst, Optional<Duration> rotateEvery) {
    public RotationPolicy {
        requireNonNull(publishFirst, "publishFirst");
        requireNonNull(rotateEvery, "rotateEvery");
        if (publishFirst.isNegative()
                || rotateEvery.filter(age -> age.compareTo(publishFirst) < 0).isPresent()) {
            throw new IllegalArgumentException("keys rotate no faster than they can be published");
        }
    }
}
