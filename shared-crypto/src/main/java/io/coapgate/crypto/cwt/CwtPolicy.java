package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.StrictCbor;
import java.time.Duration;
import java.util.Set;

/**
 * What a recipient demands of tokens.
 *
 * @param audiences the names of the recipient, one at least; a token must be for one of them
 * @param leeway how far clocks may differ, at most 60 s
 * @param maxLifetime the longest time from {@code iat} to {@code exp}, and from now to {@code exp}
 * @param maxBytes the size of the largest token, 1 to 65,535 bytes
 * @param requireIssuedAt whether a token must say when it was made
 * @param acceptExpiresIn whether {@code exi} may stand in for {@code exp} (RFC 9200 §5.10.3). Such a token would come to
 *     life again with every upload: whoever accepts it must remember the highest sequence number in {@code cti}
 */
public record CwtPolicy(
        Set<String> audiences,
        Duration leeway,
        Duration maxLifetime,
        int maxBytes,
        boolean requireIssuedAt,
        boolean acceptExpiresIn) {

    private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);
    private static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(30);
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);
    private static final int DEFAULT_MAX_BYTES = 1024;

    public CwtPolicy {
        audiences = Set.copyOf(audiences);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("a recipient of tokens needs a name");
        }
        if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
            throw new IllegalArgumentException("the leeway is 0 to 60 s, not " + leeway);
        }
        if (maxLifetime.isNegative() || maxLifetime.isZero()) {
            throw new IllegalArgumentException("the longest lifetime must be positive, not " + maxLifetime);
        }
        if (maxBytes < 1 || maxBytes > StrictCbor.MAX_BYTES) {
            throw new IllegalArgumentException("the largest token has 1 to 65535 bytes, not " + maxBytes);
        }
    }

    /** For one recipient: 30 s leeway, 24 h lifetime, 1024 bytes, {@code iat} not required, no {@code exi}. */
    public static CwtPolicy forAudience(String audience) {
        return new CwtPolicy(Set.of(audience), DEFAULT_LEEWAY, DEFAULT_LIFETIME, DEFAULT_MAX_BYTES, false, false);
    }

    public CwtPolicy withLeeway(Duration other) {
        return new CwtPolicy(audiences, other, maxLifetime, maxBytes, requireIssuedAt, acceptExpiresIn);
    }

    public CwtPolicy withMaxLifetime(Duration other) {
        return new CwtPolicy(audiences, leeway, other, maxBytes, requireIssuedAt, acceptExpiresIn);
    }

    public CwtPolicy withMaxBytes(int other) {
        return new CwtPolicy(audiences, leeway, maxLifetime, other, requireIssuedAt, acceptExpiresIn);
    }

    public CwtPolicy requiringIssuedAt() {
        return new CwtPolicy(audiences, leeway, maxLifetime, maxBytes, true, acceptExpiresIn);
    }

    public CwtPolicy acceptingExpiresIn() {
        return new CwtPolicy(audiences, leeway, maxLifetime, maxBytes, requireIssuedAt, true);
    }
}
