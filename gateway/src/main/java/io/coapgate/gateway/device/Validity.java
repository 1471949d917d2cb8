package io.coapgate.gateway.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * When a credential may be used: from {@code notBefore} on, until just before {@code notAfter}.
 *
 * @param notBefore {@link Instant#MIN} if unbounded
 * @param notAfter {@link Instant#MAX} if unbounded
 */
public record Validity(Instant notBefore, Instant notAfter) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public Validity {
        requireNonNull(notBefore, "notBefore");
        requireNonNull(notAfter, "notAfter");
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException("not-before must be earlier than not-after");
        }
    }

    public boolean hasBegun(Instant now) {
        return !now.isBefore(notBefore);
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(notAfter); // now == notAfter: ended
    }
}
