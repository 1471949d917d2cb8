package io.coapgate.gateway.discovery;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * One target attribute of a link, RFC 6690 §2.
 *
 * @param values each counts by itself in a search, RFC 6690 §4.1; none for an attribute that says all by being there
 * @param quoted whether the values stand in quotes, separated by spaces; if not, there is one at most
 */
public record LinkAttribute(String name, List<String> values, boolean quoted) {
    /** Notifications may be had, RFC 7641 §6. */
    public static final LinkAttribute OBSERVABLE = new LinkAttribute("obs", List.of(), false);

    public LinkAttribute {
        requireNonNull(name, "name");
        values = List.copyOf(values);
        if (!name.matches("[a-z][a-z0-9*-]*")) {
            throw new IllegalArgumentException("the name of a link attribute is of a-z 0-9 * -");
        }
        if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("a link attribute has no control characters");
        }
        if (!quoted && (values.size() > 1 || !values.stream().allMatch(value -> value.matches("[0-9]+")))) {
            throw new IllegalArgumentException("only a number stands without quotes");
        }
    }

    /** {@code rt}, RFC 6690 §3.1. */
    public static LinkAttribute resourceTypes(List<String> types) {
        return words("rt", types);
    }

    /** {@code if}, RFC 6690 §3.2. */
    public static LinkAttribute interfaces(List<String> interfaces) {
        return words("if", interfaces);
    }

    /** {@code ct}, RFC 7252 §7.2.1: a single content-format stands without quotes. */
    public static LinkAttribute contentFormats(List<Integer> formats) {
        List<String> numbers = formats.stream().map(String::valueOf).toList();
        return new LinkAttribute("ct", notEmpty(numbers), numbers.size() > 1);
    }

    /** {@code title}, RFC 8288 §3.4.1; one value, whatever spaces are in it. */
    public static LinkAttribute title(String title) {
        return new LinkAttribute("title", List.of(title), true);
    }

    /** {@code sz}, RFC 6690 §3.3: the most bytes that a representation is expected to have. */
    public static LinkAttribute size(int bytes) {
        return new LinkAttribute("sz", List.of(String.valueOf(bytes)), false);
    }

    private static LinkAttribute words(String name, List<String> words) {
        if (words.stream().anyMatch(word -> word.isEmpty() || word.indexOf(' ') >= 0)) {
            throw new IllegalArgumentException(name + " takes words without spaces");
        }
        return new LinkAttribute(name, notEmpty(words), true);
    }

    private static List<String> notEmpty(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a link attribute without a value is left out");
        }
        return values;
    }

    /** What a search compares with: an attribute that is just there counts as the empty text. */
    Stream<String> searchable() {
        return values.isEmpty() ? Stream.of("") : values.stream();
    }

    /** A link-param of RFC 6690 §2, with backslashes before quotes and backslashes, RFC 2616 §2.2. */
    String text() {
        if (values.isEmpty()) {
            return name;
        }
        String joined = String.join(" ", values);
        return name + "=" + (quoted ? "\"" + joined.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : joined);
    }
}
