package io.coapgate.gateway.cli;

import java.time.Duration;
import java.time.Instant;

/** An instant as people think of it: {@code 2015-10-05T17:09:04Z}, 11 years ago. */
record TimeText(Instant now) {
    private static final long DAYS_PER_YEAR = 365;

    /** {@code in 4 min}, {@code 11 years ago} or {@code now}; always rounded down. */
    String relative(Instant instant) {
        Duration distance = Duration.between(now, instant);
        if (distance.isZero()) {
            return "now";
        }
        return distance.isNegative() ? length(distance.negated()) + " ago" : "in " + length(distance);
    }

    /** {@code 10 min}, rounded down. */
    static String length(Duration length) {
        if (length.toDays() >= 2 * DAYS_PER_YEAR) {
            return length.toDays() / DAYS_PER_YEAR + " years";
        }
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " h";
        }
        return length.toMinutes() >= 2 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }
}
