package io.coapgate.simulator.scenario;

import io.coapgate.simulator.scenario.Node.Mapping;
import io.coapgate.simulator.scenario.Node.Scalar;
import io.coapgate.simulator.scenario.Node.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One map of a scenario, read key by key as typed values. What is wrong is noted, and answered with the default; keys that
 * nobody asked for are mistakes. For one thread.
 */
final class Part {
    private final Mapping mapping;
    private final String path;
    private final Mistakes mistakes;
    private final Set<String> known = new HashSet<>();

    Part(Mapping mapping, String path, Mistakes mistakes) {
        this.mapping = mapping;
        this.path = path;
        this.mistakes = mistakes;
    }

    boolean has(String key) {
        known.add(key);
        return mapping.values().containsKey(key);
    }

    /** Those of these keys that are there. */
    List<String> which(String... keys) {
        return Arrays.stream(keys).filter(this::has).toList();
    }

    void mistake(String key, String text) {
        Node node = mapping.values().get(key);
        mistakes.add(node == null ? mapping.line() : node.line(), name(key), text);
    }

    /** About the map as a whole. */
    void mistake(String text) {
        mistakes.add(mapping.line(), path, text);
    }

    /**
     * A value made of a scalar.
     *
     * @param reading may throw an IllegalArgumentException, whose message says what to write
     */
    <T> T value(String key, T otherwise, Function<String, T> reading) {
        known.add(key);
        Node node = mapping.values().get(key);
        if (node == null) {
            return otherwise;
        }
        if (!(node instanceof Scalar scalar)) {
            mistake(key, "a single value stands here, no list or map; put it in quotes if it has a colon");
            return otherwise;
        }
        try {
            return reading.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            mistake(key, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    String text(String key, String otherwise) {
        return value(key, otherwise, text -> text);
    }

    Duration duration(String key, Duration otherwise) {
        return value(key, otherwise, Texts::duration);
    }

    double number(String key, double otherwise) {
        return value(key, otherwise, Texts::number);
    }

    int integer(String key, int otherwise) {
        return value(key, otherwise, Texts::integer);
    }

    double share(String key, double otherwise) {
        return value(key, otherwise, Texts::share);
    }

    boolean flag(String key, boolean otherwise) {
        return value(key, otherwise, Texts::flag);
    }

    <E extends Enum<E>> E choice(String key, E otherwise) {
        return value(key, otherwise, text -> Texts.choice(text, otherwise.getDeclaringClass()));
    }

    /** A map; an empty one if it is not there. */
    Part part(String key) {
        known.add(key);
        Node node = mapping.values().get(key);
        if (node instanceof Mapping map) {
            return new Part(map, name(key), mistakes);
        }
        if (node != null) {
            mistake(key, "a map stands here: keys with values");
        }
        return new Part(new Mapping(mapping.line(), Map.of()), name(key), mistakes);
    }

    /** A list of maps. */
    List<Part> parts(String key) {
        List<Part> parts = new ArrayList<>();
        List<Node> elements = elements(key);
        for (int i = 0; i < elements.size(); i++) {
            String name = name(key) + "[" + i + "]";
            if (elements.get(i) instanceof Mapping map) {
                parts.add(new Part(map, name, mistakes));
            } else {
                mistakes.add(elements.get(i).line(), name, "a map stands here: keys with values");
            }
        }
        return parts;
    }

    /** A list of values, each made of a scalar as {@link #value} does it. */
    <T> List<T> values(String key, Function<String, T> reading) {
        List<T> values = new ArrayList<>();
        List<Node> elements = elements(key);
        for (int i = 0; i < elements.size(); i++) {
            Part element = new Part(
                    new Mapping(elements.get(i).line(), Map.of("[" + i + "]", elements.get(i))), name(key), mistakes);
            Optional<T> value =
                    element.value("[" + i + "]", Optional.<T>empty(), text -> Optional.of(reading.apply(text)));
            value.ifPresent(values::add);
        }
        return values;
    }

    private List<Node> elements(String key) {
        known.add(key);
        Node node = mapping.values().get(key);
        if (node instanceof Sequence sequence) {
            return sequence.elements();
        }
        if (node != null) {
            mistake(key, "a list stands here: [...], or lines that begin with a dash");
        }
        return List.of();
    }

    /** Makes something out of what was read; a refusal is a mistake of the map as a whole. */
    <T> Optional<T> make(Supplier<T> making) {
        end();
        try {
            return Optional.of(making.get());
        } catch (IllegalArgumentException e) {
            mistake(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** All keys were asked for by now. */
    void end() {
        mapping.values().keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        mistake(key, "there is no such key; here are " + String.join(", ", new TreeSet<>(known))));
    }

    private String name(String key) {
        return path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
    }
}
