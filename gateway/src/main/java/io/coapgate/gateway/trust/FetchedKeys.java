package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.RecipientKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A key set as a server gave it.
 *
 * @param freshFor how long it need not be asked for again, as the server says; empty if it does not say
 */
record FetchedKeys(List<RecipientKey> keys, Optional<Duration> freshFor) {
    FetchedKeys {
        keys = List.copyOf(keys);
        requireNonNull(freshFor, "freshFor");
    }
}
