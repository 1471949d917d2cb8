package io.coapgate.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A time in a token to be: so far from now, or an instant, or none.
 *
 * @param offset from now, if there is no instant
 */
record TokenTime(Optional<Duration> offset, Optional<Instant> instant) {
    private static final Pattern OFFSET = Pattern.compile("([+-]?\\d{1,9})([smhd])");

    /** Reads {@code 10m}, {@code -5m}, {@code 2026-03-01T12:00:00Z}, {@code now} or {@code none}. */
    static TokenTime parse(String text) {
        Matcher matcher = OFFSET.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return ofOffset(
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        if (text.equals("none")) {
            return new TokenTime(Optional.empty(), Optional.empty());
        }
        try {
            return text.equals("now")
                    ? ofOffset(Duration.ZERO)
                    : new TokenTime(Optional.empty(), Optional.of(Instant.parse(text)));
        } catch (DateTimeParseException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is none of 10m, -5m, 2026-03-01T12:00:00Z, now, none");
        }
    }

    Optional<Instant> at(Instant now) {
        return instant.or(() -> offset.map(now::plus));
    }

    boolean isNone() {
        return offset.isEmpty() && instant.isEmpty();
    }

    /** The time from now on, for what counts from a moment yet unknown. */
    Optional<Duration> duration() {
        if (instant.isPresent()) {
            throw new IllegalArgumentException("a duration is written 10m, not as an instant");
        }
        return offset;
    }

    private static TokenTime ofOffset(Duration offset) {
        return new TokenTime(Optional.of(offset), Optional.empty());
    }
}
