package io.coapgate.gateway.config;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One section of a file that fits the schema, read key by key as typed values. A key that is not there has the default
 * that the schema names, so that defaults stand in one place only.
 */
final class Section {
    private final JsonNode value;
    private final SchemaNode schema;
    private final KeyPath path;
    private final YamlTree tree;
    private final Problems problems;

    Section(JsonNode value, SchemaNode schema, KeyPath path, YamlTree tree, Problems problems) {
        this.value = value;
        this.schema = schema;
        this.path = path;
        this.tree = tree;
        this.problems = problems;
    }

    /** The same section for another reading, whose problems go elsewhere. */
    Section reportingTo(Problems others) {
        return new Section(value, schema, path, tree, others);
    }

    /** The path of its key. */
    String name() {
        return path.text();
    }

    KeyPath path(String key) {
        return path.child(key);
    }

    Position position() {
        return tree.position(path);
    }

    Position position(String key) {
        return tree.position(path.child(key));
    }

    boolean has(String key) {
        return value.has(key);
    }

    /** The names of the keys that are there. */
    List<String> keys() {
        return List.copyOf(value.propertyNames());
    }

    /** Reports something wrong with a key. */
    void problem(String key, String message, String advice) {
        Position at = has(key) ? position(key) : position();
        problems.add(at, path.child(key), message, advice);
    }

    /**
     * Reports a problem if this duration is zero.
     *
     * @param example of one that is not
     */
    void checkPositive(String key, String example) {
        if (duration(key).isZero()) {
            problem(key, "must be more than 0", "write, for example, " + example);
        }
    }

    /** Reports something about a key that is hardly meant so, but can be used. */
    void warning(String key, String message, String advice) {
        problems.warn(position(key), path.child(key), message, advice);
    }

    /** Whether nothing wrong is known with any key of this section. */
    boolean isSound() {
        return problems.isSound(path);
    }

    /** Whether nothing wrong is known with a key. */
    boolean isSound(String key) {
        return problems.isSound(path.child(key));
    }

    String text(String key) {
        return node(key).asString();
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    int integer(String key) {
        return node(key).asInt();
    }

    boolean flag(String key) {
        return node(key).asBoolean();
    }

    /** The list of texts; a single text counts as a list of one. */
    List<String> texts(String key) {
        JsonNode node = node(key);
        return node.isArray() ? node.valueStream().map(JsonNode::asString).toList() : List.of(node.asString());
    }

    Map<String, String> textByName(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        node(key)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
        return map;
    }

    Duration duration(String key) {
        String text = text(key);
        int unit = IntStream.range(0, text.length())
                .filter(i -> !Character.isDigit(text.charAt(i)))
                .findFirst()
                .orElseThrow();
        long count = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Bytes; reports a problem and answers the largest size if it is more than a GiB. */
    int size(String key) {
        String text = text(key);
        int shift = text.endsWith("KiB") ? 10 : text.endsWith("MiB") ? 20 : 0;
        BigInteger bytes = new BigInteger(shift == 0 ? text : text.substring(0, text.length() - 3)).shiftLeft(shift);
        if (bytes.bitLength() > 30) {
            problem(key, "is more than 1023MiB", "write, for example, 64KiB");
            return 1 << 30;
        }
        return bytes.intValue();
    }

    /** Reports a problem and is empty if there is no such moment, as on a 31st of June. */
    Optional<Instant> instant(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text(key)));
        } catch (DateTimeParseException e) {
            problem(key, "there is no such time", "write, for example, 2027-01-31T00:00:00Z");
            return Optional.empty();
        }
    }

    Section section(String key) {
        return new Section(node(key), schema.property(key), path.child(key), tree, problems);
    }

    /** The elements of a list of sections that fit the schema; others are reported already. */
    List<Section> sections(String key) {
        JsonNode list = node(key);
        KeyPath listPath = path.child(key);
        SchemaNode items = schema.property(key).items();
        return IntStream.range(0, list.isArray() ? list.size() : 0)
                .filter(i -> problems.isSound(listPath.child(i)))
                .mapToObj(i -> new Section(list.get(i), items, listPath.child(i), tree, problems))
                .toList();
    }

    private JsonNode node(String key) {
        JsonNode own = value.get(key);
        if (own != null) {
            return own;
        }
        return schema.property(key).defaultValue().orElse(JsonNodeFactory.instance.missingNode());
    }
}
