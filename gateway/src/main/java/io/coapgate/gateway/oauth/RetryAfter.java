package io.coapgate.gateway.oauth;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Retry-After header, RFC 9110 §10.2.3: a number of seconds or a date. */
final class RetryAfter {
    /** A server that means longer is asked in vain now and then. */
    static final Duration MAX = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** Empty if it can't be read, or has passed; an hour at most. */
    static Optional<Duration> parse(String value, Instant now) {
        Optional<Duration> wait = SECONDS.matcher(value).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : date(value).map(date -> Duration.between(now, date));
        return wait.filter(time -> time.compareTo(Duration.ZERO) > 0).map(time -> time.compareTo(MAX) > 0 ? MAX : time);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
