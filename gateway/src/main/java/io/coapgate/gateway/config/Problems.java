package io.coapgate.gateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Not thread-safe. */
final class Problems {
    /** More would only push the first ones off the screen. */
    private static final int MAX = 100;

    private final String file;
    private final List<ConfigProblem> found = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final List<KeyPath> unsound = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Only the first problem of a key is kept: others mostly follow from it. */
    void add(Position at, KeyPath key, String message, String advice) {
        boolean known = !key.equals(KeyPath.ROOT) && unsound.contains(key);
        if (found.size() < MAX && !known) {
            found.add(new ConfigProblem(file, at.line(), at.column(), key.text(), message, advice));
            unsound.add(key);
        }
    }

    /** A problem of the file as a whole. */
    void add(String message, String advice) {
        add(Position.WHOLE_FILE, KeyPath.ROOT, message, advice);
    }

    /** Something about the file as a whole that does not keep it from being used. */
    void warn(String message, String advice) {
        warn(Position.WHOLE_FILE, KeyPath.ROOT, message, advice);
    }

    /** Something that can be used as it stands, and is hardly meant so. */
    void warn(Position at, KeyPath key, String message, String advice) {
        if (warnings.size() < MAX) {
            warnings.add(new ConfigProblem(file, at.line(), at.column(), key.text(), message, advice));
        }
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    boolean isFull() {
        return found.size() >= MAX;
    }

    /** Whether nothing wrong is known at this path or below. */
    boolean isSound(KeyPath path) {
        return unsound.stream().noneMatch(path::contains);
    }

    /** In the order of the file. */
    List<ConfigProblem> list() {
        return found.stream()
                .sorted(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column))
                .toList();
    }

    /** @throws ConfigException if there are any */
    void throwIfAny() throws ConfigException {
        if (!found.isEmpty()) {
            throw new ConfigException(list());
        }
    }
}
