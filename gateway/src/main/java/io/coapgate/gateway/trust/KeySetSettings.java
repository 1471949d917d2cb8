package io.coapgate.gateway.trust;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.time.Duration;

/**
 * Where the key set of an issuer is, and how often to ask for it.
 *
 * @param issuer the {@code iss} claim of its tokens
 * @param url pinned: no redirect leads elsewhere
 * @param minRefresh the set is asked for once in this time at most, whatever asks for it
 * @param maxRefresh the set is asked for after this time at least, whatever Cache-Control says
 * @param maxStale keys of a set that has not been had again for so long count no more
 * @param timeout from a request to its whole answer
 * @param maxBytes a longer set is refused
 * @param tls of an https URL
 */
public record KeySetSettings(
        String issuer,
        URI url,
        Duration minRefresh,
        Duration maxRefresh,
        Duration maxStale,
        Duration timeout,
        int maxBytes,
        TlsSource tls) {
    public KeySetSettings {
        requireNonNull(issuer, "issuer");
        requireNonNull(url, "url");
        requireNonNull(tls, "tls");
        if (minRefresh.toSeconds() < 1 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("a key set is not asked for all the time, nor without end");
        }
        if (maxRefresh.compareTo(minRefresh) < 0 || maxStale.compareTo(maxRefresh) < 0) {
            throw new IllegalArgumentException("minRefresh <= maxRefresh <= maxStale");
        }
        if (maxBytes < 1 || maxBytes > KeySetDocument.MAX_BYTES) {
            throw new IllegalArgumentException("a key set has 1 to " + KeySetDocument.MAX_BYTES + " bytes");
        }
    }
}
