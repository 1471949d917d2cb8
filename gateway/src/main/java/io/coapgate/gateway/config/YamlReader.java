package io.coapgate.gateway.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document and remembers where everything stood. Refuses what would make a file mean something else than
 * it seems to: duplicate keys, several documents, aliases (which also can't blow up then), and deep nesting.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 16;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Problems problems;
    private final YAMLParser parser;
    private final KeyPath streamed;
    private final Consumer<YamlTree> consumer;
    /** Replaced for each streamed element, so that a long list needs no memory. */
    private Map<KeyPath, Position> positions = new HashMap<>();

    private YamlReader(String text, Problems problems, KeyPath streamed, Consumer<YamlTree> consumer) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(text.length() + 1)
                .setAllowDuplicateKeys(true) // reported here, with both places
                .build();
        this.parser = (YAMLParser)
                YAMLFactory.builder().loadSettings(settings).build().createParser(ObjectReadContext.empty(), text);
        this.problems = problems;
        this.streamed = streamed;
        this.consumer = consumer;
    }

    /** Reads the whole document; empty after reporting that it is not YAML. */
    static Optional<YamlTree> read(String text, Problems problems) {
        return new YamlReader(text, problems, new KeyPath("\0"), tree -> {}).document();
    }

    /** The same, but hands over the elements of one list as soon as they are read, and leaves that list empty. */
    static Optional<YamlTree> read(String text, Problems problems, KeyPath list, Consumer<YamlTree> elements) {
        return new YamlReader(text, problems, list, elements).document();
    }

    private Optional<YamlTree> document() {
        JsonNode root = NODES.objectNode();
        Map<KeyPath, Position> rootPositions = positions;
        try (parser) {
            if (parser.nextToken() != null) {
                positions.put(KeyPath.ROOT, position());
                root = value(KeyPath.ROOT, 0);
                if (parser.nextToken() != null) {
                    problems.add(position(), KeyPath.ROOT, "a second YAML document begins here", "keep one per file");
                }
            }
        } catch (JacksonException e) {
            report(e);
            return Optional.empty();
        } catch (TooDeepException e) {
            problems.add(position(), KeyPath.ROOT, "nested too deeply", "nothing here needs more than " + MAX_DEPTH);
            return Optional.empty();
        }
        return Optional.of(new YamlTree(root, KeyPath.ROOT, rootPositions));
    }

    private JsonNode value(KeyPath path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new TooDeepException();
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path, depth);
            case START_ARRAY -> path.equals(streamed) ? stream(path, depth) : array(path, depth);
            case VALUE_STRING -> text(path);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private JsonNode text(KeyPath path) {
        if (parser.isCurrentAlias()) {
            problems.add(position(), path, "YAML aliases (*name) are not read", "write the value out");
            return NODES.nullNode();
        }
        return NODES.stringNode(parser.getString());
    }

    private ObjectNode object(KeyPath path, int depth) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Position at = position();
            KeyPath child = path.child(name);
            parser.nextToken();
            Position before = object.has(name) ? positions.get(child) : null;
            if (before == null) {
                positions.put(child, at);
                object.set(name, value(child, depth + 1));
            } else {
                String advice = "it stands on line " + before.line() + " already; keep one of them";
                problems.add(at, child, "this key is here twice", advice);
                value(child, depth + 1);
            }
        }
        return object;
    }

    private ArrayNode array(KeyPath path, int depth) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            KeyPath child = path.child(array.size());
            positions.put(child, position());
            array.add(value(child, depth + 1));
        }
        return array;
    }

    private ArrayNode stream(KeyPath path, int depth) {
        Map<KeyPath, Position> outer = positions;
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            KeyPath child = path.child(i);
            positions = new HashMap<>();
            positions.put(child, position());
            consumer.accept(new YamlTree(value(child, depth + 1), child, positions));
        }
        positions = outer;
        return NODES.arrayNode();
    }

    private Position position() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(location.getLineNr(), location.getColumnNr());
    }

    /** The library's own message quotes the text around the fault, which may be a secret: only the kind is told. */
    private void report(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked
                    && marked.getProblemMark().isPresent()) {
                var mark = marked.getProblemMark().get();
                problems.add(
                        new Position(mark.getLine() + 1, mark.getColumn() + 1),
                        KeyPath.ROOT,
                        "this is not YAML",
                        YamlFaults.advice(marked));
                return;
            }
        }
        problems.add(position(), KeyPath.ROOT, "this is not YAML that can be read here", "check the lines around it");
    }

    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
