package io.coapgate.simulator.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as scenarios write them. All throw an IllegalArgumentException that says what to write instead. */
final class Texts {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");
    private static final Pattern INTEGER = Pattern.compile("\\d{1,9}");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");

    private Texts() {}

    static Duration duration(String text) {
        Matcher parts = matched(DURATION, text, "a duration; write, for example, 250ms, 30s, 5m or 1h");
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    static double number(String text) {
        return Double.parseDouble(matched(NUMBER, text, "a number; write, for example, 100 or 0.5")
                .group());
    }

    static int integer(String text) {
        return Integer.parseInt(matched(INTEGER, text, "a whole number; write, for example, 100")
                .group());
    }

    /** 0 to 1. */
    static double share(String text) {
        double percent = Double.parseDouble(
                matched(SHARE, text, "a share; write, for example, 5%").group(1));
        if (percent > 100) {
            throw new IllegalArgumentException("'" + text + "' is more than all; write 100% at most");
        }
        return percent / 100;
    }

    static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is no answer; write true or false");
        }
        return text.equals("true");
    }

    /** By the text form of the constants. */
    static <E extends Enum<E>> E choice(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not known here; write "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Enum::toString)
                                .collect(Collectors.joining(", "))));
    }

    private static Matcher matched(Pattern pattern, String text, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + what);
        }
        return matcher;
    }
}
