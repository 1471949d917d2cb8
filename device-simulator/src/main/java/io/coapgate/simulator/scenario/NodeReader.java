package io.coapgate.simulator.scenario;

import io.coapgate.simulator.scenario.Node.Mapping;
import io.coapgate.simulator.scenario.Node.Scalar;
import io.coapgate.simulator.scenario.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document of lists and maps; keys that stand there twice, aliases and a second document are mistakes. */
final class NodeReader {
    private static final int MAX_DEPTH = 8;

    private final YAMLParser parser;
    private final Mistakes mistakes;

    private NodeReader(YAMLParser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /** An empty map if the text is empty, or no YAML, which is a mistake then. */
    static Mapping read(String text, Mistakes mistakes) {
        Mapping nothing = new Mapping(1, Map.of());
        try (YAMLParser parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return nothing;
            }
            NodeReader reader = new NodeReader(parser, mistakes);
            Node root = reader.value("", 0);
            if (parser.nextToken() != null) {
                mistakes.add(reader.line(), "", "a second document begins here; keep one per file");
            }
            if (root instanceof Mapping mapping) {
                return mapping;
            }
            mistakes.add(1, "", "a scenario is a map; write, for example, load: [{constant: 10, duration: 30s}]");
            return nothing;
        } catch (JacksonException e) {
            mistakes.add(Math.max(1, e.getLocation().getLineNr()), "", "this is no YAML; check the lines around it");
            return nothing;
        }
    }

    private Node value(String path, int depth) {
        int line = line();
        JsonToken token = parser.currentToken();
        if (depth > MAX_DEPTH) {
            mistakes.add(line, path, "nested too deeply");
            parser.skipChildren();
            return new Scalar(line, "");
        }
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, line, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(path + "[" + elements.size() + "]", depth + 1));
            }
            return new Sequence(line, elements);
        }
        if (parser.isCurrentAlias()) {
            mistakes.add(line, path, "aliases (*name) are not read; write the value out");
        }
        return new Scalar(line, token == JsonToken.VALUE_NULL ? "" : parser.getString());
    }

    private Mapping mapping(String path, int line, int depth) {
        Map<String, Node> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int at = line();
            String child = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (values.putIfAbsent(name, value(child, depth + 1)) != null) {
                mistakes.add(at, child, "this key is here twice; keep one of them");
            }
        }
        return new Mapping(line, values);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
