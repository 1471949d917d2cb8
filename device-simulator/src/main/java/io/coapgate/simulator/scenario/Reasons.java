package io.coapgate.simulator.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The errors that count, by the beginnings of their reasons: {@code 5.03}, {@code 4.29, 5.03}, or {@code not removed} for all
 * others. Immutable.
 */
final class Reasons {
    /** All errors. */
    static final Reasons ALL = new Reasons(false, List.of(""));

    private static final String NOT = "not ";

    private final boolean others;
    private final List<String> beginnings;

    private Reasons(boolean others, List<String> beginnings) {
        this.others = others;
        this.beginnings = List.copyOf(beginnings);
    }

    static Reasons parse(String text) {
        boolean others = text.strip().startsWith(NOT);
        String list = others ? text.strip().substring(NOT.length()) : text;
        return new Reasons(
                others, Arrays.stream(list.split(",")).map(String::strip).toList());
    }

    long count(Map<String, Long> errors) {
        return errors.entrySet().stream()
                .filter(error -> beginnings.stream().anyMatch(error.getKey()::startsWith) != others)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
