package io.coapgate.gateway.config;

import com.networknt.schema.Error;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Turns a broken schema rule into what an operator wants to read. Quotes keys, never values. */
final class SchemaProblem {
    private final Error error;
    private final YamlTree tree;
    private KeyPath path;
    private SchemaNode schema;
    private JsonNode value;

    SchemaProblem(SchemaNode root, YamlTree tree, List<Object> elements, Error error) {
        this.error = error;
        this.tree = tree;
        this.path = tree.path();
        this.schema = root;
        this.value = tree.root();
        elements.forEach(this::descend);
    }

    private void descend(Object element) {
        if (element instanceof Number index) {
            path = path.child(index.intValue());
            schema = schema.items();
            value = value.path(index.intValue());
        } else {
            String name = element.toString();
            path = path.child(name);
            schema = schema.property(name);
            value = value.path(name);
        }
    }

    void report(Problems problems) {
        switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(problems);
            case "required" -> missingKey(problems);
            case "propertyNames" -> badKey(problems);
            default -> problems.add(tree.position(path), path, message(), advice());
        }
    }

    private void unknownKey(Problems problems) {
        String name = error.getProperty();
        KeyPath key = path.child(name);
        String all = "known here: " + String.join(", ", schema.keys());
        problems.add(tree.position(key), key, "unknown key", NearestName.advice(name, schema.keys(), all));
    }

    private void missingKey(Problems problems) {
        String name = error.getProperty();
        String example =
                schema.property(name).example().map(text -> ": " + text).orElse("");
        problems.add(
                tree.position(path), path.child(name), "this key is missing", "add, for example, " + name + example);
    }

    private void badKey(Problems problems) {
        String noun = new SchemaNode(schema.keyword("propertyNames"), schema.keyword("propertyNames")).noun();
        problems.add(tree.position(path), path, "a key below is not " + noun, "");
    }

    private String message() {
        JsonNode limit = schema.keyword(error.getKeyword());
        return switch (error.getKeyword()) {
            case "type" -> "must be " + kinds(limit) + ", not " + kind(value);
            case "pattern" -> "is not " + schema.noun();
            case "enum" -> "must be one of " + String.join(", ", schema.allowedValues());
            case "minimum" -> "must be " + limit.asString() + " or more";
            case "maximum" -> "must be " + limit.asString() + " or less";
            case "minLength" -> "must not be empty";
            case "maxLength" -> "must have " + limit.asString() + " characters or fewer";
            case "minItems", "minProperties" -> "must not be empty";
            case "maxItems", "maxProperties" -> "must have " + limit.asString() + " entries or fewer";
            case "uniqueItems" -> "has the same entry twice";
            case "oneOf" -> "must have exactly one of " + alternatives(limit);
            default -> "breaks the rule " + error.getKeyword();
        };
    }

    private String advice() {
        return switch (error.getKeyword()) {
            case "type" -> typeAdvice();
            case "enum" -> NearestName.advice(value.asString(), schema.allowedValues(), "");
            case "uniqueItems" -> "keep one of them";
            case "minimum", "maximum", "maxLength", "maxItems", "maxProperties", "oneOf" -> "";
            default -> example();
        };
    }

    private String typeAdvice() {
        boolean wantsText = kinds(schema.keyword("type")).startsWith("text");
        boolean freeText = schema.keyword("pattern").isMissingNode();
        boolean quotesHelp = wantsText && freeText && (value.isNumber() || value.isBoolean());
        return quotesHelp ? "put it in quotes" : example();
    }

    private String example() {
        return schema.example().map(text -> "write, for example, " + text).orElse("");
    }

    private static String alternatives(JsonNode oneOf) {
        return oneOf.valueStream()
                .map(alternative -> alternative.path("required").path(0).asString())
                .collect(Collectors.joining(", "));
    }

    private static String kinds(JsonNode type) {
        return type.isArray()
                ? type.valueStream().map(one -> kind(one.asString())).collect(Collectors.joining(" or "))
                : kind(type.asString());
    }

    private static String kind(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a section with keys";
            default -> type;
        };
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "a section with keys";
            default -> "nothing";
        };
    }
}
