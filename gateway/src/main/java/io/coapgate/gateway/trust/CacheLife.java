package io.coapgate.gateway.trust;

import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a document need not be asked for again: {@code Cache-Control} less {@code Age} (RFC 9111 §4.2). */
final class CacheLife {
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[, ])max-age=\"?(\\d{1,9})\\b");
    private static final Pattern NEVER = Pattern.compile("(?i)(?:^|[, ])no-(?:store|cache)\\b(?!=)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private CacheLife() {}

    /** Empty if nothing is said about it. */
    static Optional<Duration> of(UpstreamResponse response) {
        String control = response.header("cache-control").orElse("");
        if (NEVER.matcher(control).find()) {
            return Optional.of(Duration.ZERO);
        }
        Matcher maxAge = MAX_AGE.matcher(control);
        if (!maxAge.find()) {
            return Optional.empty();
        }
        long left = Long.parseLong(maxAge.group(1)) - age(response);
        return Optional.of(Duration.ofSeconds(Math.max(0, left)));
    }

    private static long age(UpstreamResponse response) {
        return response.header("age")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong)
                .orElse(0L);
    }
}
