package io.coapgate.simulator.load;

import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places to fill in: {@code {device}} (its id), {@code {n}} (its requests so far), {@code {random}} (0 to
 * 2³¹ − 1) and {@code {time}} (seconds since 1970). Other braces stay as they are if they hold no name, as in JSON. Immutable.
 */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final Set<String> NAMES = Set.of("device", "n", "random", "time");

    private final String text;
    private final boolean constant;

    /** @throws IllegalArgumentException if it has a place of another name */
    public Template(String text) {
        PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .filter(name -> !NAMES.contains(name))
                .forEach(name -> {
                    throw new IllegalArgumentException(
                            "{" + name + "} is no place that is filled in; write {device}, {n}, {random} or {time}");
                });
        this.text = text;
        this.constant = !PLACE.matcher(text).find();
    }

    String fill(String device, long n, Clock clock, RandomGenerator random) {
        if (constant) {
            return text;
        }
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(value(place, device, n, clock, random)));
    }

    private static String value(MatchResult place, String device, long n, Clock clock, RandomGenerator random) {
        return switch (place.group(1)) {
            case "device" -> device;
            case "n" -> Long.toString(n);
            case "random" -> Integer.toString(random.nextInt(Integer.MAX_VALUE));
            default -> Long.toString(clock.instant().getEpochSecond());
        };
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
