package io.coapgate.gateway.config;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A part of a JSON Schema, seen from the side of its annotations: titles, examples, defaults. */
final class SchemaNode {
    private final JsonNode document;
    private final JsonNode node;

    SchemaNode(JsonNode document, JsonNode node) {
        this.document = document;
        this.node = node;
    }

    /** The schema of a key; a free key if it is not listed. */
    SchemaNode property(String name) {
        JsonNode listed = keyword("properties").path(name);
        return at(listed.isMissingNode() ? keyword("additionalProperties") : listed);
    }

    SchemaNode items() {
        return at(keyword("items"));
    }

    /** The keys that are listed by name. */
    List<String> keys() {
        return List.copyOf(keyword("properties").propertyNames());
    }

    Optional<JsonNode> defaultValue() {
        return Optional.of(keyword("default")).filter(value -> !value.isMissingNode());
    }

    /** What it is, in a few words: {@code a duration}, {@code one of a, b, c}. */
    String noun() {
        JsonNode title = keyword("title");
        if (title.isString()) {
            String text = title.stringValue();
            return (text.matches("(?:[aeioAEIO]|http).*") ? "an " : "a ") + text;
        }
        return "what its description says";
    }

    /** An example as YAML. */
    Optional<String> example() {
        JsonNode example = keyword("examples").path(0);
        return example.isMissingNode() ? Optional.empty() : Optional.of(example.asString());
    }

    List<String> allowedValues() {
        return keyword("enum").valueStream().map(JsonNode::asString).toList();
    }

    /** A keyword of this schema or, if it has none of that name, of the one that it refers to. */
    JsonNode keyword(String name) {
        JsonNode own = node.path(name);
        if (!own.isMissingNode() || !node.path("$ref").isString()) {
            return own;
        }
        return at(document.at(node.get("$ref").stringValue().substring(1))).keyword(name);
    }

    private SchemaNode at(JsonNode other) {
        return new SchemaNode(document, other.isObject() ? other : MissingNode.getInstance());
    }
}
