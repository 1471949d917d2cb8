package io.coapgate.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.Thumbprint;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The {@code cti}s that have been seen (RFC 8392 §3.1.7). A {@code cti} names one token: the same token may come again,
 * as it does after a reconnect, but another one under its name may not. Thread-safe.
 */
final class CwtIds {
    private final Cache<Id, Seen> seen;

    CwtIds(Clock clock, int maxIds) {
        this.seen = Caffeine.newBuilder()
                .maximumSize(maxIds)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.creating((Id id, Seen first) -> first.remaining))
                .build();
    }

    /** @return false if another token has had this one's {@code cti}; a token without one is not told apart */
    boolean admits(VerifiedCwt token, Duration remaining) {
        return token.claims()
                .id()
                .map(cti -> new Id(token.issuer(), cti))
                .map(id -> seen.get(id, unseen -> new Seen(token.contentThumbprint(), remaining)))
                .map(first -> first.token.equals(token.contentThumbprint()))
                .orElse(true);
    }

    private record Id(String issuer, CwtId cti) {}

    private record Seen(Thumbprint token, Duration remaining) {}
}
