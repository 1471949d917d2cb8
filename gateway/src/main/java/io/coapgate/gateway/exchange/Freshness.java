package io.coapgate.gateway.exchange;

import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a response stays fresh, RFC 9111 §4.2: its lifetime, by {@code Cache-Control} or {@code Expires}, less what it
 * has spent in caches on the way. Nothing is guessed: what says nothing is stale at once. Thread-safe.
 */
final class Freshness {
    private static final int MAX_DIGITS = 9;
    private static final String SECONDS = "\\d{1," + MAX_DIGITS + "}";
    private static final Pattern WHOLE_SECONDS = Pattern.compile(SECONDS);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[, ])max-age=\"?(" + SECONDS + ")\\b");
    private static final Pattern S_MAXAGE = Pattern.compile("(?i)(?:^|[, ])s-maxage=\"?(" + SECONDS + ")\\b");
    private static final Pattern UNCACHEABLE = Pattern.compile("(?i)(?:^|[, ])no-(?:store|cache)\\b(?!=)");
    private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

    private final Clock clock;

    Freshness(Clock clock) {
        this.clock = clock;
    }

    /** Whole seconds, zero at least. */
    Duration of(UpstreamResponse response) {
        return of(response, false);
    }

    /** @param shared whether {@code s-maxage} counts, which is for caches that several share (RFC 9111 §5.2.2.10) */
    Duration of(UpstreamResponse response, boolean shared) {
        Duration lifetime = response.header("cache-control")
                .flatMap(value -> byCacheControl(value, shared))
                .or(() -> byExpires(response))
                .orElse(Duration.ZERO);
        if (lifetime.isZero()) {
            return Duration.ZERO;
        }
        return bounded(lifetime.minus(age(response)));
    }

    /** When to come again, RFC 9110 §10.2.3; in seconds or as a date. */
    Optional<Duration> retryAfter(UpstreamResponse response) {
        return response.header("retry-after")
                .flatMap(value -> seconds(value)
                        .or(() -> date(value).map(then -> bounded(Duration.between(clock.instant(), then)))));
    }

    /** Empty if nothing is said about it there. */
    private static Optional<Duration> byCacheControl(String value, boolean shared) {
        if (UNCACHEABLE.matcher(value).find()) {
            return Optional.of(Duration.ZERO);
        }
        Matcher forShared = S_MAXAGE.matcher(value);
        if (shared && forShared.find()) {
            return seconds(forShared.group(1));
        }
        Matcher maxAge = MAX_AGE.matcher(value);
        return maxAge.find() ? seconds(maxAge.group(1)) : Optional.empty();
    }

    /** An invalid date, above all 0, has passed already (RFC 9111 §5.3). */
    private Optional<Duration> byExpires(UpstreamResponse response) {
        return response.header("expires").map(expires -> {
            Instant from = response.header("date").flatMap(Freshness::date).orElseGet(clock::instant);
            return date(expires)
                    .map(end -> bounded(Duration.between(from, end)))
                    .orElse(Duration.ZERO);
        });
    }

    private static Duration age(UpstreamResponse response) {
        String age = response.header("age").orElse("");
        boolean overflows = age.length() > MAX_DIGITS && age.chars().allMatch(c -> c >= '0' && c <= '9');
        return overflows ? LONGEST : seconds(age).orElse(Duration.ZERO); // RFC 9111 §1.2.2
    }

    private static Duration bounded(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : Duration.ofSeconds(time.toSeconds());
    }

    private static Optional<Duration> seconds(String value) {
        return WHOLE_SECONDS.matcher(value).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
