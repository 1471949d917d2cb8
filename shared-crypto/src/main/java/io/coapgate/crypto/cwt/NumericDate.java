package io.coapgate.crypto.cwt;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.time.Duration;
import java.time.Instant;

/** Seconds since 1970, as an integer or a finite float, never tagged (RFC 8392 §2), up to the end of the year 9999. */
final class NumericDate {

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final long NANOS = 1_000_000_000L;

    private NumericDate() {}

    static Instant read(CBORObject value) throws InvalidCwtException {
        if (value.getType() == CBORType.Integer && value.CanValueFitInInt64()) {
            return inRange(value.AsInt64Value(), 0);
        }
        if (value.getType() == CBORType.FloatingPoint) {
            double seconds = value.AsDoubleValue();
            // NaN and the infinities fail this comparison too.
            if (seconds >= 0 && seconds <= LAST_SECOND) {
                long whole = (long) seconds;
                // Rounded, not cut: else a time written and read again would drift by a nanosecond.
                return inRange(whole, Math.round((seconds - whole) * NANOS));
            }
        }
        throw malformed();
    }

    /** A count of seconds, of the same range. */
    static Duration readSeconds(CBORObject value) throws InvalidCwtException {
        return Duration.between(Instant.EPOCH, read(value));
    }

    static CBORObject write(Instant instant) {
        if (instant.getNano() == 0) {
            return CBORObject.FromObject(instant.getEpochSecond());
        }
        return CBORObject.FromObject(instant.getEpochSecond() + (double) instant.getNano() / NANOS);
    }

    static Instant requireInRange(Instant instant) {
        if (instant.getEpochSecond() < 0 || instant.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException("a time in a token lies between 1970 and 9999");
        }
        return instant;
    }

    private static Instant inRange(long seconds, long nanos) throws InvalidCwtException {
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw malformed();
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static InvalidCwtException malformed() {
        return new InvalidCwtException(
                InvalidCwtException.Reason.MALFORMED, "a time that is not a number between 1970 and 9999");
    }
}
